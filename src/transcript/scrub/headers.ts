import type { Headers } from '../../types.ts'
import {
  agentParts,
  agentProducts,
  errorWords,
  originWords,
  plainHeaders,
  schemeWords,
  serverParts,
  serverProducts,
  viaWords,
} from './vocabulary.ts'
import type { Words } from './words.ts'

/** Headers with other words, except in those that tell of no person, no account and no content. */
export const scrubHeaders = (words: Words, headers: Headers): Headers =>
  headers.map(([name, value]) => [name, scrubHeader(words, name.toLowerCase(), value)] as const)

const scrubHeader = (words: Words, name: string, value: string): string => {
  if (plainHeaders.test(name)) return value
  const special = specials[name]
  return special === undefined ? words.text(value) : special(words, value)
}

/** RFC 9110 section 11.6.1: schemes and names of parameters stay, values are somebody's own, except those of an error. */
const scrubChallenge = (words: Words, value: string): string =>
  value
    .split(/([\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"?|[^\s,"]+))/)
    .map((part, at) => {
      if (at % 2 === 0) return words.text(part, schemeWords)
      const [name = ''] = part.split('=')
      const rest = part.slice(name.length)
      const keep = /^error(_description)?\s*$/i.test(name) ? errorWords : undefined
      // what looks like a parameter may be the end of a token in base64
      return words.text(name, schemeWords) + words.text(rest, keep)
    })
    .join('')

const version = /^v?\d{1,5}(\.\d{1,5}){0,3}([-+.]?(alpha|beta|rc|dev|canary|next|preview|post|a|b)([.-]?\d{1,14}){0,2})?$/i

/** RFC 9110 section 10.1.5: of products only those that many use stay, and their versions; comments are text. */
const scrubProducts =
  (products: ReadonlySet<string>, parts: ReadonlySet<string>) =>
  (words: Words, value: string): string => {
    let known = false
    return value.replace(/\([^)]*\)?|[^\s(]+/g, (token) => {
      if (token.startsWith('(')) return words.text(token)
      const [product = '', ...rest] = token.split('/')
      // some write a space before the version
      if (rest.length === 0 && known && version.test(product)) return token
      known = products.has(product.toLowerCase())
      if (!known) return words.text(token)
      return [product, ...rest.map((part) => (parts.has(part.toLowerCase()) || version.test(part) ? part : words.text(part)))].join('/')
    })
  }

/** Both are compared, so both become the same. */
const scrubOrigin = (words: Words, value: string): string => words.text(value, originWords)

const specials: Readonly<Record<string, (words: Words, value: string) => string>> = {
  'user-agent': scrubProducts(agentProducts, agentParts),
  server: scrubProducts(serverProducts, serverParts),
  origin: scrubOrigin,
  referer: scrubOrigin,
  'access-control-allow-origin': scrubOrigin,
  via: (words, value) => words.text(value, viaWords),
  'www-authenticate': scrubChallenge,
  'proxy-authenticate': scrubChallenge,
  // RFC 7838 section 3: the host stands before the port
  'alt-svc': (words, value) => value.replace(/="([^":]*)/g, (_, host: string) => `="${words.text(host)}`),
}
