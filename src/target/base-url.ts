import { mayBeSecret } from './target.ts'

/** A base URL that cannot be meant, said in one sentence, with the one that probably was. */
export class BaseUrlError extends Error {
  constructor(message: string) {
    super(masked(message))
    this.name = 'BaseUrlError'
  }
}

/** What stands before an `@` or behind a `=` may be a password: messages are read by others. */
const masked = (message: string): string =>
  message
    .replace(/[^\s/@"]+:[^\s/@"]*@/g, '…@')
    .replace(/([?&])([^=&\s"]+)=([^&\s"?]*)/g, (pair, mark: string, name: string, value: string) =>
      mayBeSecret(name, value) ? `${mark}${name}=…` : pair,
    )

/** Paths of single resources. `/models` alone is the base of some services, behind a version it is the list of models. */
const resources = /(\/(chat\/completions|completions|responses|embeddings|messages)|(?<=\/v\d+)\/models)\/*$/

/**
 * Checks a base URL before anything is sent to it.
 * @returns it without trailing slashes and white space around it
 * @throws BaseUrlError
 */
export const checkBaseUrl = (given: string): string => {
  const text = given.trim()
  // user and password of a URL must not stand in a message
  const shown = text.replace(/(\/\/)[^/?#@]*@/, '$1')
  if (text === '') throw new BaseUrlError('the base URL is empty')
  if (/\s/.test(text))
    throw new BaseUrlError(`the base URL ${JSON.stringify(shown)} contains white space; did you mean ${shown.replace(/\s+/g, '')}?`)
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    throw new BaseUrlError(`the base URL ${shown} has no scheme; did you mean ${withScheme(shown)}?`)
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new BaseUrlError(`the base URL ${shown} is not a URL`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new BaseUrlError(`the base URL ${shown} is neither http nor https`)
  const resource = resources.exec(url.pathname)
  if (resource) {
    url.pathname = url.pathname.slice(0, resource.index)
    url.username = url.password = ''
    throw new BaseUrlError(`the base URL ends with ${resource[0]}, but it must end before that; did you mean ${trimmed(url)}?`)
  }
  return trimmed(url)
}

const withScheme = (text: string): string => {
  const [, scheme, rest = ''] = /^(?:(https?):)?\/*(.*)$/i.exec(text) ?? []
  const local = /^(localhost|127\.|\[|10\.|192\.168\.|0\.0\.0\.0)/.test(rest)
  return `${scheme?.toLowerCase() ?? (local ? 'http' : 'https')}://${rest}`
}

const trimmed = (url: URL): string => {
  url.hash = ''
  url.pathname = url.pathname.replace(/\/+$/, '')
  // an empty query leaves its question mark behind
  if (url.search === '') url.search = ''
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}

/** Whether a host is this machine: no proxy stands between, and no key of another service is sent there. */
export const isLoopback = (baseUrl: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(new URL(baseUrl).hostname)
