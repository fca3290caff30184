import { type Target, wrongKey } from '../target/target.ts'
import type { Outgoing } from '../transport/send.ts'
import type { Auth, Headers, Step } from '../types.ts'
import { type Bindings, fill, fillText } from './fill.ts'

/** Turns a step into the request that goes out; `headersMs` is the patience for this one. */
export const buildRequest = (step: Step, target: Target, bindings: Bindings, headersMs: number): Outgoing => {
  const path = step.endpoint.slice(step.endpoint.indexOf(' ') + 1)
  const body = bodyOf(step, bindings)
  const { stopAfterEvents, timeoutMs } = step.read
  return {
    endpoint: fillText(step.endpoint, bindings) as Step['endpoint'],
    url: urlOf(target, fillText(path, bindings)),
    headers: mergeHeaders(defaultHeaders(body !== undefined), target.headers, credentials(target, step.auth), step.headers),
    ...(body === undefined ? {} : { body }),
    headersMs,
    ...(timeoutMs === undefined ? {} : { totalMs: timeoutMs }),
    ...(stopAfterEvents === undefined ? {} : { stopAfterEvents }),
  }
}

const bodyOf = ({ body, raw }: Step, bindings: Bindings): Uint8Array | undefined => {
  if (raw) return 'text' in raw ? Buffer.from(fillText(raw.text, bindings)) : Buffer.from(raw.base64, 'base64')
  return body === undefined ? undefined : Buffer.from(JSON.stringify(fill(body, bindings)))
}

/** A step has a path only: it cannot name another host, so a foreign suite cannot carry the key elsewhere. */
const urlOf = ({ baseUrl, query }: Target, path: string): string => {
  const [base = '', ownQuery] = baseUrl.split('?')
  const url = new URL(base.replace(/\/$/, '') + path)
  for (const [name, value] of [...new URLSearchParams(ownQuery ?? ''), ...query]) url.searchParams.append(name, value)
  return url.href
}

/** What the official SDKs send, on streams too. */
const defaultHeaders = (hasBody: boolean): Headers => [
  ['accept', 'application/json'],
  ['accept-encoding', 'identity'],
  ['user-agent', 'wirecheck'],
  ...(hasBody ? ([['content-type', 'application/json']] as const) : []),
]

const credentials = ({ auth, key }: Target, how: Auth): Headers => {
  if (how === 'none' || auth === 'none') return []
  const value = how === 'wrong' ? wrongKey : key
  if (value === undefined) return []
  if (auth !== 'bearer') return [[auth, value]]
  return [['authorization', `${how === 'lowercase-scheme' ? 'bearer' : 'Bearer'} ${value}`]]
}

/** Later lists win over earlier ones, names compared without case. */
const mergeHeaders = (...lists: readonly Headers[]): Headers => {
  const merged = new Map<string, readonly [string, string]>()
  for (const [name, value] of lists.flat()) merged.set(name.toLowerCase(), [name, value])
  return [...merged.values()]
}
