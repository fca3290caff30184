import type { Headers, TargetRecord, Trait } from '../types.ts'

export type AuthScheme = 'bearer' | 'api-key' | 'x-api-key' | 'none'

/** A base URL with credentials, model bindings, declared capabilities and manners. It owns the secrets. */
export interface Target {
  readonly name: string
  /** Without a trailing slash: `http://localhost:8000/v1`. */
  readonly baseUrl: string
  readonly auth: AuthScheme
  readonly key?: string
  readonly models: { readonly chat: string }
  /** Capabilities that the target is held to: a refusal of one of these is a failure. */
  readonly declares: readonly string[]
  /** Traits that need not be found. */
  readonly traits: readonly Trait[]
  readonly headers: Headers
  /** Extra query parameters of every request, such as Azure's `api-version`. */
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly network: Network
  readonly limits: Limits
  /** Requests at a time, and per second (0: no limit). */
  readonly jobs: number
  readonly rps: number
  /** Whatever must not appear in any output. */
  readonly secrets: readonly string[]
}

export interface Network {
  /** Proxy for the base URL, from HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly proxy?: string
  readonly ca?: string
  readonly cert?: string
  readonly clientKey?: string
  readonly insecure: boolean
}

/** An endpoint is not trusted: nothing it sends may use up time or memory without end. */
export interface Limits {
  /** Milliseconds to the headers; the first request may have to load a model. */
  readonly headersMs: number
  readonly firstHeadersMs: number
  /** Milliseconds between bytes, and in all. */
  readonly idleMs: number
  readonly totalMs: number
  /** Milliseconds that a stream may stay open behind its terminal event. */
  readonly lingerMs: number
  /** Bytes of a body, of one line of a stream, of the headers. */
  readonly bodyBytes: number
  readonly lineBytes: number
  readonly headerBytes: number
}

export const defaultLimits: Limits = {
  headersMs: 60_000,
  firstHeadersMs: 300_000,
  idleMs: 60_000,
  totalMs: 300_000,
  lingerMs: 3_000,
  bodyBytes: 64 * 1024 * 1024,
  lineBytes: 4 * 1024 * 1024,
  headerBytes: 64 * 1024,
}

/** The wrong key is no secret: it is sent to see it refused, and checked not to come back. */
export const wrongKey = 'sk-wirecheck-this-key-is-wrong-4f1d9c2ab7'

/** What may be written down: the URL without user and password, never a key. */
export const toRecord = ({ name, baseUrl, models, declares, network }: Target): TargetRecord => ({
  name,
  url: withoutCredentials(baseUrl),
  models: { ...models },
  declares,
  insecure: network.insecure,
})

export const withoutCredentials = (url: string): string => {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href.replace(/\/$/, '')
}
