/** A base URL that cannot be meant, said in one sentence, with the one that probably was. */
export class BaseUrlError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BaseUrlError'
  }
}

const resources = /\/(chat\/completions|completions|responses|models|embeddings|messages)\/*$/

/**
 * Checks a base URL before anything is sent to it.
 * @returns it without trailing slashes and white space around it
 * @throws BaseUrlError
 */
export const checkBaseUrl = (given: string): string => {
  const text = given.trim()
  if (text === '') throw new BaseUrlError('the base URL is empty')
  if (/\s/.test(text)) throw new BaseUrlError(`the base URL ${JSON.stringify(text)} contains white space; did you mean ${text.replace(/\s+/g, '')}?`)
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const local = /^(localhost|127\.|\[|10\.|192\.168\.|0\.0\.0\.0)/.test(text)
    throw new BaseUrlError(`the base URL ${text} has no scheme; did you mean ${local ? 'http' : 'https'}://${text}?`)
  }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new BaseUrlError(`the base URL ${text} is not a URL`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new BaseUrlError(`the base URL ${text} is neither http nor https`)
  const resource = resources.exec(url.pathname)
  if (resource) {
    url.pathname = url.pathname.slice(0, resource.index)
    throw new BaseUrlError(`the base URL ends with ${resource[0]}, but it must end before that; did you mean ${trimmed(url)}?`)
  }
  return trimmed(url)
}

const trimmed = (url: URL): string => {
  url.hash = ''
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}

/** Whether a host is this machine: no proxy stands between, and no key of another service is sent there. */
export const isLoopback = (baseUrl: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(new URL(baseUrl).hostname)
