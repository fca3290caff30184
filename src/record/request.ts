import { type Target, wrongKey } from '../target/target.ts'
import type { Outgoing } from '../transport/send.ts'
import type { Auth, Headers, Step } from '../types.ts'
import { azureUrl } from './azure-address.ts'
import { type Bindings, fill, fillText } from './fill.ts'
import { isToken } from './known-traits.ts'

/** Turns a step into the request that goes out; `headersMs` is the patience for this one. */
export const buildRequest = (step: Step, target: Target, bindings: Bindings, headersMs: number): Outgoing => {
  const path = step.endpoint.slice(step.endpoint.indexOf(' ') + 1)
  const body = bodyOf(step, namesCapItself(step) ? withoutCapName(bindings) : bindings)
  const { stopAfterEvents, timeoutMs } = step.read
  return {
    endpoint: fillText(step.endpoint, inPath(bindings)) as Step['endpoint'],
    url: step.azure
      ? azureUrl(target, step.azure, target.models.chat, fillText(path, inPath(bindings)))
      : urlOf(target, fillText(path, inPath(bindings))),
    headers: mergeHeaders(defaultHeaders(body !== undefined), ownHeaders(target, step.auth), credentials(target, step.auth), step.headers),
    ...(body === undefined ? {} : { body }),
    headersMs,
    ...(timeoutMs === undefined ? {} : { totalMs: timeoutMs }),
    ...(stopAfterEvents === undefined ? {} : { stopAfterEvents }),
  }
}

/** Messages know `max_tokens` only, whatever chat completions of the same model want. */
const namesCapItself = ({ endpoint }: Step): boolean => endpoint === 'POST /messages'

const withoutCapName = (bindings: Bindings): Bindings => ({
  ...bindings,
  traits: new Set([...bindings.traits].filter((name) => name !== 'max-completion-tokens')),
})

/** Half a surrogate pair cannot be encoded; it becomes U+FFFD, as UTF-8 encoders do. */
export const wellFormed = (text: string): string => Buffer.from(text).toString()

/** What an answer gave must stay one segment of a path: an id must not lead to another resource. */
const inPath = (bindings: Bindings): Bindings => ({
  ...bindings,
  names: new Map(
    [...bindings.names]
      .filter(([, value]) => !/^\.{1,2}$/.test(String(typeof value === 'string' ? value : '')))
      .map(([name, value]) => [
        name,
        typeof value === 'string' && !name.startsWith('model.') ? encodeURIComponent(wellFormed(value)) : value,
      ]),
  ),
})

const bodyOf = ({ body, raw }: Step, bindings: Bindings): Uint8Array | undefined => {
  if (raw) return 'text' in raw ? Buffer.from(fillText(raw.text, bindings)) : Buffer.from(raw.base64, 'base64')
  return body === undefined ? undefined : Buffer.from(JSON.stringify(fill(body, bindings)))
}

/** A step has a path only: it cannot name another host, so a foreign suite cannot carry the key elsewhere. */
const urlOf = ({ baseUrl, query }: Target, path: string): string => {
  const { origin, pathname, searchParams } = new URL(baseUrl)
  const url = new URL(origin + pathname.replace(/\/+$/, '') + path)
  for (const [name, value] of [...searchParams, ...query]) url.searchParams.append(name, value)
  return url.href
}

/** What the official SDKs send, on streams too. */
const defaultHeaders = (hasBody: boolean): Headers => [
  ['accept', 'application/json'],
  ['accept-encoding', 'identity'],
  ['user-agent', 'wirecheck'],
  ...(hasBody ? ([['content-type', 'application/json']] as const) : []),
]

/** Where no key, or a wrong one, is to be seen, a right one must not stand in the target's own headers either. */
const ownHeaders = ({ headers }: Target, how: Auth): Headers =>
  how === 'none' || how === 'wrong' ? headers.filter(([name]) => !/^(authorization|api-key|x-api-key)$/i.test(name)) : headers

const credentials = ({ auth, key, basic }: Target, how: Auth): Headers => {
  if (how === 'none') return []
  const value = auth === 'none' ? undefined : how === 'wrong' ? wrongKey : key
  const user: Headers = basic === undefined || how === 'wrong' ? [] : [['authorization', `Basic ${basic}`]]
  if (value === undefined) return user
  const scheme =
    how === 'azure' ? (isToken(value) ? 'bearer' : 'api-key') : how === 'api-key' || how === 'x-api-key' || how === 'bearer' ? how : auth
  if (scheme !== 'bearer') return [...user, [scheme, value]]
  return [['authorization', `${how === 'lowercase-scheme' ? 'bearer' : 'Bearer'} ${value}`]]
}

/** Later lists win over earlier ones, names compared without case. */
const mergeHeaders = (...lists: readonly Headers[]): Headers => {
  const merged = new Map<string, readonly [string, string]>()
  for (const [name, value] of lists.flat()) merged.set(name.toLowerCase(), [name, value])
  return [...merged.values()]
}
