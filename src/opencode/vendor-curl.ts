import type { RequestRecord } from '../types.ts'
import type { Cause } from './cause.ts'
import { masked } from './describe.ts'
import type { Effective } from './resolve.ts'
import { isHarmlessHeader } from './secrets.ts'
import type { Answer } from './send.ts'

/** Makes the line for a shell. */
export type Curl = (request: RequestRecord) => string

/** These are redacted wherever they stand, and a curl line has a variable for them. */
const keyHeaders = /^(authorization|proxy-authorization|api-key|x-api-key|cookie)$/i

/** What a header of the configuration holds may be a secret; a reader of the line has to put in his own. */
export const withoutHeaderValues = ({ headers }: Effective, curl: Curl): Curl => {
  const hidden = new Set(headers.map(({ name }) => name.toLowerCase()).filter((name) => !isHarmlessHeader(name) && !keyHeaders.test(name)))
  return (request) =>
    curl({
      ...request,
      url: masked(request.url),
      headers: request.headers.map(([name, value]) => [name, hidden.has(name.toLowerCase()) ? '…' : value] as const),
    })
}

/** The smallest of the tools: one is enough to be refused. */
const smallest = (tools: readonly unknown[]): readonly unknown[] =>
  tools.toSorted((one, other) => JSON.stringify(one).length - JSON.stringify(other).length).slice(0, 1)

/** Causes that only the whole request shows. */
const needsAll = new Set(['prompt-refused', 'window-too-small'])

/** A short request that shows the same to a vendor: the whole one has 40 kB. */
export const withCurl = (causes: readonly Cause[], { exchange: { request } }: Answer, curl: Curl): readonly Cause[] => {
  const whole = JSON.parse(Buffer.from(request.body).toString('utf8')) as Record<string, unknown>
  return causes.map((cause) => ({
    ...cause,
    fixes: cause.fixes.map((fix) =>
      fix.kind === 'vendor' && fix.curl === undefined && !needsAll.has(cause.id)
        ? { ...fix, curl: shortLine(request, whole, cause.id === 'tools-refused', curl) }
        : fix,
    ),
  }))
}

const shortLine = (request: RequestRecord, whole: Readonly<Record<string, unknown>>, keepsTool: boolean, curl: Curl): string => {
  const body = { ...whole }
  for (const name of ['system', 'prompt_cache_key', ...(keepsTool ? [] : ['tools', 'tool_choice'])]) delete body[name]
  if (Array.isArray(body.tools)) body.tools = smallest(body.tools)
  if (Array.isArray(body.messages)) body.messages = body.messages.slice(-1)
  if (Array.isArray(body.input)) body.input = body.input.slice(-1)
  return curl({
    ...request,
    headers: request.headers.filter(([name]) => !/^x-session/i.test(name)),
    body: Buffer.from(JSON.stringify(body)),
  })
}
