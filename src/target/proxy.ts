import { BaseUrlError } from './base-url.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Proxy {
  readonly uri: string
  readonly secrets: readonly string[]
}

/**
 * The proxy that stands before a URL, by the conventions of curl: lower case wins, NO_PROXY lists host suffixes or `*`.
 * @throws BaseUrlError when the variable holds no proxy
 */
export const proxyFor = (url: URL, environment: Environment): Proxy | undefined => {
  const value = (name: string) => environment[name.toLowerCase()] ?? environment[name]
  if ((value('NO_PROXY') ?? '').split(/[\s,]+/).some((entry) => excludes(entry.toLowerCase(), url))) return undefined
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const given = value(name)?.trim()
  if (!given) return undefined
  const uri = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`
  if (!URL.canParse(uri) || !/^https?:/i.test(uri)) throw new BaseUrlError(`${name} holds no http or https proxy`)
  const { username, password } = new URL(uri)
  return { uri, secrets: [username, password] }
}

const excludes = (entry: string, { hostname, port, protocol }: URL): boolean => {
  if (entry === '*') return true
  const [, host = '', wantedPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? []
  if (wantedPort !== undefined && wantedPort !== (port || (protocol === 'https:' ? '443' : '80'))) return false
  return host !== '' && (hostname === host || hostname.endsWith(`.${host}`))
}
