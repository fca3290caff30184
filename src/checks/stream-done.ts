import type { View } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { doneEvent, hasFailed, isDoneEarly } from './read-chat.ts'

/** The one check that names a cut: all others stay silent on a body that did not arrive whole. */
export const streamDone = defineCheck({
  id: 'stream-done',
  summary: 'the stream ends with [DONE]',
  codes: ['missing', 'early', 'truncated'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const done = doneEvent(view)
    if (done && isDoneEarly(view)) return violated({ code: 'early', at: at(done), expected: 'after every finish', actual: '[DONE]' })
    if (done) return held(1)
    const { end, endReason } = view.response
    if (end === 'stopped' || end === 'timeout') return unobserved(`the body is ${end}`)
    if (hasFailed(view)) return unobserved('the stream reported a failure')
    if (end === 'truncated') return violated({ code: 'truncated', at: { in: 'end' }, expected: '[DONE]', actual: endReason ?? 'cut' })
    // sent, but in a block that is not ended, or in a line without its field name: the framing is judged elsewhere
    if (endsWithSentinel(view)) return unobserved('the framing around the sentinel is broken')
    const last = view.events[view.events.length - 1]
    const actual = last ? `last event ${show(last.data ?? last.json)}` : 'no events'
    return violated({ code: 'missing', at: { in: 'end' }, expected: '[DONE]', actual })
  },
})

const endsWithSentinel = ({ framing, body, events }: View): boolean => {
  const tail = Buffer.from(body.subarray(-64)).toString('latin1')
  if (!framing || !/^(data:|.{0,10}?) ?\[DONE\]\s*$/im.test(tail)) return false
  const isGlued = events[events.length - 1]?.data?.endsWith('\n[DONE]') === true
  return framing.unterminated !== undefined || framing.unknownLines.length > 0 || isGlued
}
