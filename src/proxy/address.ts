import type { Endpoint } from '../types.ts'

/** Where the upstream is, and how its paths are told apart. */
export interface Address {
  readonly origin: string
  /** The path of the base URL, without a slash at its end: the proxy has the same one, so that paths pass unchanged. */
  readonly base: string
  /** Query parameters that every request is to carry, such as Azure's `api-version`. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

export const addressOf = (baseUrl: string, query: Address['query']): Address => {
  const { origin, pathname, searchParams } = new URL(baseUrl)
  return { origin, base: pathname.replace(/\/+$/, ''), query: [...searchParams, ...query] }
}

/**
 * The path to ask the upstream for: that of the request, to the letter. Parameters of the base URL are added where the
 * request lacks them, because a client cannot be given a base URL with a query.
 * @returns undefined for what is no path, as in `OPTIONS *`
 */
export const pathOf = (target: string, { query }: Address): string | undefined => {
  // RFC 9112 section 3.2.2: a server must take the absolute form too
  const path = target.replace(/^https?:\/\/[^/?]*/i, '')
  if (!path.startsWith('/')) return undefined
  if (query.length === 0) return path
  const mark = path.indexOf('?')
  const has = new URLSearchParams(mark < 0 ? '' : path.slice(mark))
  const missing = new URLSearchParams(query.filter(([name]) => !has.has(name)).map(([name, value]): [string, string] => [name, value]))
  return missing.size === 0 ? path : `${path}${mark < 0 ? '?' : '&'}${missing.toString()}`
}

/** The endpoint below the base URL; a path outside of it is taken as it is. */
export const endpointOf = (method: string, path: string, { base }: Address): Endpoint => {
  const [plain = '/'] = path.split('?')
  return `${method} ${(plain.startsWith(`${base}/`) ? plain.slice(base.length) : plain) as `/${string}`}`
}
