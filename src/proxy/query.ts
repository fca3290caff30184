/** What these say is how to answer, never who asks. */
const harmless = new Set(['api-version', 'alt', 'beta', 'include', 'include[]', 'limit', 'order', 'purpose', 'stream'])

const mark = '[redacted]'

/**
 * A URL as it may be written down: a gateway may call its key whatever it likes, so every value of the query goes
 * that is not known to be harmless. Names stay; a parameter without a value may be a key itself, and goes whole.
 */
export const withoutQueryValues = (url: string): string => {
  const from = url.indexOf('?')
  if (from < 0) return url
  const kept = url
    .slice(from + 1)
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      if (harmless.has(name.toLowerCase().replace('%5b%5d', '[]'))) return /^[\w.,-]{0,64}$/.test(rest.join('=')) ? pair : `${name}=${mark}`
      if (rest.length === 0) return name === '' ? '' : mark
      return rest.join('') === '' ? pair : `${name}=${mark}`
    })
  return `${url.slice(0, from)}?${kept.join('&')}`
}
