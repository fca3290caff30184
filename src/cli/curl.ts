import { isUtf8 } from 'node:buffer'
import type { RequestRecord } from '../types.ts'

/** A word for a POSIX shell. */
const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`

/** Headers that curl sends by itself, or that would only get in the way of a reader. */
const left = new Set(['user-agent', 'accept-encoding', 'content-length', 'host', 'connection'])

/** A request as a curl line: `-N` shows a stream as it comes, `-i` the headers; a key is `$OPENAI_API_KEY`, never the key. */
export const curlLine = ({ endpoint, url, headers, body }: RequestRecord): string => {
  const method = endpoint.split(' ')[0] ?? 'GET'
  const shown = headers
    .filter(([name]) => !left.has(name.toLowerCase()))
    .map(([name, value]) =>
      value.includes('[redacted]')
        ? `-H "${name}: ${value.replace('[redacted]', '$OPENAI_API_KEY')}"`
        : `-H ${quoted(`${name}: ${value}`)}`,
    )
  const buffer = Buffer.from(body)
  const data = buffer.length === 0 ? [] : isUtf8(buffer) ? [`--data-binary ${quoted(buffer.toString('utf8'))}`] : []
  const pipe = buffer.length > 0 && !isUtf8(buffer) ? `printf %s ${quoted(buffer.toString('base64'))} | base64 -d | ` : ''
  return `${pipe}${['curl', '-sS', '-N', '-i', `-X ${method}`, quoted(url), ...shown, ...data, ...(pipe === '' ? [] : ['--data-binary @-'])].join(' ')}`
}
