import type { Headers } from '../types.ts'

/** RFC 9110 section 7.6.1: these belong to one connection, not to the message, and each side has its own. */
const hopByHop = new Set(['connection', 'proxy-connection', 'keep-alive', 'te', 'transfer-encoding', 'upgrade'])

/** The flat list of Node's as pairs; order, case and duplicates stay. */
export const pairsOf = (raw: readonly string[]): Headers => {
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] as string, raw[index + 1] as string])
  return headers
}

/** Without the fields of the connection, and without those that `Connection` names as such. */
export const endToEnd = (headers: Headers): Headers => {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()))
  return headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.includes(name.toLowerCase()))
}

/**
 * What goes on to the upstream: its connection writes its own `Host`, and this side has answered `Expect` already
 * (RFC 9110 section 10.1.1). No `Via` is added, against section 7.6.3: the endpoint is to see what it sees without us.
 */
export const requestHeaders = (raw: readonly string[]): Headers => endToEnd(pairsOf(raw)).filter(([name]) => !/^(host|expect)$/i.test(name))

/** A reason phrase with one character per byte, as it must be handed to Node; the parser has read it as UTF-8. */
export const reasonPhrase = (text: string | undefined): string =>
  text === undefined || /^[\t\x20-\x7e]*$/.test(text) ? (text ?? '') : Buffer.from(text, 'utf8').toString('latin1')
