import { loadTarget } from '../target/load.ts'
import { defaultLimits } from '../target/target.ts'
import { toView } from '../transcript/view.ts'
import { redactHeaders, redactText } from '../transport/redact.ts'
import { createTransport } from '../transport/send.ts'
import type { Endpoint, Exchange, Headers, Response } from '../types.ts'
import type { Network } from './harness.ts'
import { pathOf } from './packages.ts'
import { requestBody, type Variation } from './request.ts'
import type { Effective } from './resolve.ts'

/** An answer with what the diagnosis looks at. */
export interface Answer {
  readonly exchange: Exchange
  /** 0 when there was none. */
  readonly status: number
  /** The beginning of the body, as text. */
  readonly text: string
  readonly json: unknown
  readonly mediaType: string
  /** Code and words of a connection that failed. */
  readonly failure?: { readonly code: string; readonly message: string }
}

export interface SendOptions {
  readonly change?: Variation
  readonly url?: string
  /** Another protocol than the package's. */
  readonly api?: 'chat' | 'responses' | 'messages'
  /** Headers in place of the usual credentials. */
  readonly credentials?: Headers
}

export interface Sender {
  readonly post: (options?: SendOptions) => Promise<Answer>
  /** With headers in place of the usual credentials, where some are given. */
  readonly get: (url: string, credentials?: Headers) => Promise<Answer>
  readonly sent: () => number
  readonly close: () => Promise<void>
}

const clientHeaders: Headers = [
  ['content-type', 'application/json'],
  ['user-agent', 'opencode/1.18.33 ai-sdk/provider-utils/4.0.23 runtime/bun/1.3.14'],
  ['accept', '*/*'],
  ['accept-encoding', 'gzip, deflate, br'],
]

/** How OpenCode identifies itself; a header of the configuration replaces what the key would send. */
export const credentialHeaders = ({ key, headers, api, package: { keyIn } }: Effective): Headers => {
  const own = headers.map(({ name, value }) => [name, value.trim()] as const)
  const has = (name: string) => own.some(([other]) => other.toLowerCase() === name)
  const version: Headers = api === 'messages' && !has('anthropic-version') ? [['anthropic-version', '2023-06-01']] : []
  if (!key?.value) return [...version, ...own]
  // another protocol than the package's own is tried with what that protocol takes
  const where = api === 'messages' ? 'x-api-key' : keyIn === 'x-api-key' ? undefined : keyIn
  const [name, value] = where ? [where, key.value] : ['authorization', `Bearer ${key.value}`]
  return [...version, ...(has(name) ? [] : [[name, value.trim()] as const]), ...own]
}

/** RFC 9110 section 5.5: what stands outside the visible characters cannot be sent in a header. */
const sendable = (headers: Headers): Headers => headers.map(([name, value]) => [name, value.replace(/[^\t\x20-\x7e]/g, '')])

/** Sends what OpenCode would send: same URL, same headers, a body of the same form and size. */
export const createSender = (
  effective: Effective,
  secrets: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  patienceMs: number,
  { timeoutIdleMs, timeoutTotalMs }: Network = {},
): Sender => {
  const { url } = effective
  if (url === undefined || !URL.canParse(url)) throw new Error('the URL cannot be requested')
  const { target } = loadTarget({ baseUrl: new URL(url).origin, auth: 'none' }, env)
  const transport = createTransport({
    ...target,
    jobs: 2,
    secrets,
    limits: {
      ...defaultLimits,
      headersMs: patienceMs,
      totalMs: timeoutTotalMs ?? Math.max(patienceMs, 120_000),
      idleMs: timeoutIdleMs ?? Math.max(patienceMs, 30_000),
    },
  })
  let count = 0
  const send = async (endpoint: Endpoint, to: string, headers: Headers, body: Uint8Array): Promise<Answer> => {
    count++
    const outcome = await transport.send({
      endpoint,
      url: to,
      headers: sendable(headers),
      ...(body.length === 0 ? {} : { body }),
      headersMs: patienceMs,
      stopAfterEvents: 4000,
    })
    const request = { endpoint, url: redactText(to, secrets), headers: redactHeaders(headers, secrets), body, sentAtMs: 0 }
    return answerOf({ probe: 'opencode/first', attempt: 1, step: 0, try: 1, auth: 'target', request, outcome })
  }
  const withQuery = (to: string): string => {
    const whole = new URL(to)
    for (const [name, value] of Object.entries(effective.query)) whole.searchParams.set(name, value)
    return whole.href
  }
  return {
    post: ({ change, url: to, api = effective.api === 'own' ? 'chat' : effective.api, credentials } = {}) => {
      const body = Buffer.from(JSON.stringify(requestBody({ ...effective, api }, change)))
      const headers = [...clientHeaders, ['x-session-affinity', 'ses_wirecheck'] as const, ['x-session-id', 'ses_wirecheck'] as const]
      return send(
        `POST ${pathOf[api] as '/chat/completions'}`,
        withQuery(to ?? url),
        [...headers, ...(credentials ?? credentialHeaders({ ...effective, api }))],
        body,
      )
    },
    get: (to, credentials = credentialHeaders(effective)) =>
      send('GET /models', withQuery(to), [...clientHeaders.slice(1), ...credentials], new Uint8Array()),
    sent: () => count,
    close: () => transport.close(),
  }
}

const mostText = 64 * 1024

const answerOf = (exchange: Exchange): Answer => {
  const { outcome } = exchange
  if (outcome.kind === 'failure') {
    const { code, message } = outcome
    return { exchange, status: 0, text: '', json: undefined, mediaType: '', failure: { code, message } }
  }
  const view = toView(exchange, () => [])
  const body = view?.body ?? (outcome as Response).body
  const text = Buffer.from(body.subarray(0, mostText)).toString('utf8')
  return { exchange, status: outcome.status, text, json: view?.json, mediaType: view?.mediaType ?? '' }
}

export const isSuccess = ({ status }: Pick<Answer, 'status'>): boolean => status >= 200 && status <= 299

/** What the endpoint says of a refusal, in one line. */
export const saidBy = ({ json, text, status, failure }: Answer): string => {
  if (failure) return `${failure.code}: ${failure.message}`
  const object = (json ?? {}) as { error?: unknown; message?: unknown; detail?: unknown }
  const error = (typeof object.error === 'object' && object.error !== null ? object.error : {}) as { message?: unknown }
  const found = [error.message, object.error, object.message, object.detail].find((each) => typeof each === 'string' && each !== '')
  const words = typeof found === 'string' ? found : /<html|<!doctype/i.test(text) ? 'an HTML page' : text.trim()
  return `HTTP ${status}${words === '' ? '' : `: ${words.replace(/\s+/g, ' ').slice(0, 300)}`}`
}

export const headerOf = ({ exchange: { outcome } }: Answer, name: string): string | undefined =>
  outcome.kind === 'response' ? outcome.headers.find(([each]) => each.toLowerCase() === name)?.[1] : undefined
