import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { framingOf } from './stream-lines.ts'
import { isReplacedInStream } from './unicode-echo.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream: always UTF-8
/** A replacement character may be what the model wrote; in an echo of other text it is what was left of a character cut in two. */
export const sseUtf8 = defineCheck({
  id: 'sse-utf8',
  summary: 'the stream is valid UTF-8, and no character was cut in two',
  codes: ['invalid-utf8', 'replaced'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const framing = framingOf(view)
    if (!framing) return unobserved('no event stream')
    const violations: Violation[] = framing.invalidUtf8.slice(0, 5).map((bytes) => ({
      code: 'invalid-utf8',
      at: { in: 'stream', bytes } as const,
      expected: 'UTF-8',
      actual: hexOf(view.body.subarray(bytes[0], bytes[1])),
    }))
    if (violations.length === 0 && isReplacedInStream(view)) {
      violations.push({
        code: 'replaced',
        at: inCompletion('/choices/0/message/content'),
        expected: 'the characters of the line',
        actual: 'U+FFFD',
      })
    }
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
