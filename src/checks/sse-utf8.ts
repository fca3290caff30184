import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { framingOf } from './stream-lines.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream: always UTF-8
/** Only the bytes are judged: a replacement character may be what the model wrote. */
export const sseUtf8 = defineCheck({
  id: 'sse-utf8',
  summary: 'the bytes of the stream are valid UTF-8',
  codes: ['invalid-utf8'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const violations = framing.invalidUtf8.slice(0, 5).map((bytes) => ({
      code: 'invalid-utf8',
      at: { in: 'stream', bytes } as const,
      expected: 'UTF-8',
      actual: hexOf(view.body.subarray(bytes[0], bytes[1])),
    }))
    return verdictOf(violations, view.events.length, 'no event')
  },
})

/** The first bytes outside ASCII. */
const hexOf = (line: Uint8Array): string => {
  const from = Math.max(
    0,
    line.findIndex((byte) => byte > 127),
  )
  return Buffer.from(line.subarray(from, from + 8))
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}
