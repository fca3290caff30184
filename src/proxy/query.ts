import { isHarmlessQuery } from '../target/target.ts'

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
      if (isHarmlessQuery(name, rest.join('='))) return pair
      if (rest.length === 0) return name === '' ? '' : mark
      return rest.join('') === '' ? pair : `${name}=${mark}`
    })
  return `${url.slice(0, from)}?${kept.join('&')}`
}
