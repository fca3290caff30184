import type { Headers, TargetRecord, Trait } from '../types.ts'

export type AuthScheme = 'bearer' | 'api-key' | 'x-api-key' | 'none'

/** A base URL with credentials, model bindings, declared capabilities and manners. It owns the secrets. */
export interface Target {
  readonly name: string
  /** Without a trailing slash, user and password: `http://localhost:8000/v1`. */
  readonly baseUrl: string
  readonly auth: AuthScheme
  readonly key?: string
  /** User and password of the base URL, encoded for the scheme Basic. */
  readonly basic?: string
  /** `embeddings` only where another model than the one for chat makes them. */
  readonly models: { readonly chat: string; readonly embeddings?: string }
  /** Capabilities that the target is held to: a refusal of one of these is a failure. */
  readonly declares: readonly string[]
  /** Tokens that the model takes, where the endpoint does not tell. */
  readonly contextWindow?: number
  /** A prompt that the content filter of the target blocks. */
  readonly blockedPrompt?: string
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
  /** The embedded reference endpoint: reports about it say so. */
  readonly simulated: boolean
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
  /** Bytes of a body, of one event of a stream, of the headers. */
  readonly bodyBytes: number
  readonly eventBytes: number
  readonly headerBytes: number
  /** Events of a stream. */
  readonly events: number
}

export const defaultLimits: Limits = {
  headersMs: 60_000,
  firstHeadersMs: 300_000,
  idleMs: 60_000,
  totalMs: 300_000,
  lingerMs: 3_000,
  bodyBytes: 64 * 1024 * 1024,
  eventBytes: 4 * 1024 * 1024,
  headerBytes: 64 * 1024,
  events: 1_000_000,
}

/** The wrong key is no secret: it is sent to see it refused, and checked not to come back. */
export const wrongKey = 'sk-wirecheck-this-key-is-wrong-4f1d9c2ab7'

/** What may be written down: a URL without credentials, never a key. */
export const toRecord = ({ name, baseUrl, models, declares, network, simulated }: Target): TargetRecord => ({
  name,
  url: withoutCredentials(baseUrl),
  models: { ...models },
  declares,
  insecure: network.insecure,
  simulated,
})

/** Whether a header or a query parameter of this name holds something that must stay secret. */
export const isCredentialName = (name: string): boolean =>
  /(^|[-_.])(key|apikey|token|jwt|secret|password|pass|pwd|sid|session|sig|signature|code|auth|authorization|cookie)($|[-_.])/i.test(
    name.replace(/([a-z0-9])([A-Z])/g, '$1-$2'),
  )

/** Query parameters that say how to answer or which of several is meant, never who asks. */
const harmlessNames = new Set([
  ...['api-version', 'api_version', 'version', 'alt', 'beta', 'format', 'include', 'include[]', 'lang', 'language', 'limit', 'order'],
  ...['purpose', 'stream', 'timeout', 'model', 'deployment', 'engine', 'provider', 'backend', 'route', 'region', 'location', 'zone'],
])

/** Whether a query parameter, in its name as it is written in a URL, is known to hold nothing that must stay secret. */
export const isHarmlessQuery = (name: string, value: string): boolean =>
  harmlessNames.has(name.toLowerCase().replace('%5b%5d', '[]')) && /^[\w.,-]{0,64}$/.test(value)

/** Shorter ones are no keys, and would be found in innocent words. */
const shortestSecret = 8

/**
 * Whether a query parameter may hold a secret: by its name, or because nobody knows what it is for. A gateway may call its key
 * whatever it likes. Dates and versions are none.
 */
export const mayBeSecret = (name: string, value: string): boolean =>
  isCredentialName(name) ||
  (value.length >= shortestSecret && !isHarmlessQuery(name, value) && !/^v?\d{1,4}([.-]\d{1,4})+(-\w{1,12})?$/.test(value))

/** Words such as `assistant` or `response.completed` belong to the protocol: replaced in answers, they would make honest ones wrong. */
export const isPlainWord = (value: string): boolean => /^[a-z]+([._][a-z]+)*$/.test(value)

/** A base URL as it may be written down. */
export const withoutCredentials = (url: string): string => {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  const hidden = [...new Set([...parsed.searchParams].filter(([name, value]) => mayBeSecret(name, value)).map(([name]) => name))]
  for (const name of hidden) parsed.searchParams.set(name, 'redacted')
  return parsed.search === '' ? parsed.href.replace(/\/$/, '') : parsed.href
}
