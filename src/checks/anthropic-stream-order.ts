import type { SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, inHeader, unobserved, verdictOf, violated } from './define-check.ts'
import { bodyOf, isDisguisedFailure, isSuccess, startsLikeJson } from './failure.ts'
import { asObject, show } from './read.ts'
import { type MessageStream, streamOf } from './read-messages.ts'

/** https://platform.claude.com/docs/en/build-with-claude/streaming; pings and types that are not known may stand anywhere. */
const grammar = new Set([
  'message_start',
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'message_delta',
  'message_stop',
])

export const anthropicStreamOrder = defineCheck({
  id: 'anthropic-stream-order',
  summary: 'events come in the order start, blocks one after the other, delta, stop',
  codes: [
    ...['not-streamed', 'truncated', 'no-start', 'start-repeated', 'block-open', 'no-block', 'block-not-stopped'],
    ...['after-delta', 'no-message-delta', 'no-message-stop', 'after-stop'],
  ],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const asked = asObject(view.request)?.stream === true && view.breaks === undefined
    if (asked && isSuccess(view) && asObject(bodyOf(view)) && !isDisguisedFailure(view))
      return violated({ code: 'not-streamed', at: inHeader('content-type'), expected: 'an event stream', actual: show(view.mediaType) })
    const stream = streamOf(view)
    if (!stream || startsLikeJson(view)) return unobserved('not a stream')
    if (stream.damaged) return unobserved('events were lost below the grammar')
    const walk = walked(stream)
    const ending = endingOf(view, stream, walk)
    return verdictOf([...walk.violations.values(), ...(ending ? [ending] : [])], stream.events.length, 'no event')
  },
})

interface Walk {
  readonly violations: Map<string, Violation>
  readonly stopped: boolean
}

/** One pass; each kind of disorder is told once, where it shows first. */
const walked = ({ events }: MessageStream): Walk => {
  const violations = new Map<string, Violation>()
  let started = false
  let open = 0
  let deltas = 0
  let stopped = false
  for (const { event, type } of events) {
    if (!grammar.has(type)) continue
    const say = (code: string, expected: string) => {
      if (!violations.has(code)) violations.set(code, { code, at: at(event), expected, actual: type })
    }
    if (stopped) say('after-stop', 'no event behind message_stop')
    else if (type === 'message_start') {
      if (started) say('start-repeated', 'one message_start')
      started = true
    } else if (!started) {
      say('no-start', 'message_start first')
      started = true
    }
    if (stopped) continue
    if (type.startsWith('content_block_') && deltas > 0) say('after-delta', 'message_delta behind the last block')
    if (type === 'content_block_start') {
      if (open > 0) say('block-open', 'the block before to be stopped')
      open++
    } else if (type === 'content_block_delta' || type === 'content_block_stop') {
      if (open === 0 && deltas === 0) say('no-block', 'content_block_start before it')
      if (type === 'content_block_stop') open = Math.max(0, open - 1)
    } else if (type === 'message_delta') {
      if (open > 0) say('block-not-stopped', 'content_block_stop before it')
      open = 0
      deltas++
    } else if (type === 'message_stop') {
      if (deltas === 0) say('no-message-delta', 'message_delta before it')
      stopped = true
    }
  }
  return { violations, stopped }
}

const endingOf = (view: View, { failed, events }: MessageStream, { stopped }: Walk): Violation | undefined => {
  const { end, endReason } = view.response
  if (stopped || failed || end === 'stopped' || end === 'timeout') return undefined
  const expected = 'message_stop'
  if (end === 'truncated') return { code: 'truncated', at: { in: 'end' }, expected, actual: endReason ?? 'cut' }
  // said, but in a block that is not ended: the framing is judged elsewhere
  if (view.framing?.unterminated) return undefined
  const last: SseEvent | undefined = view.events[view.events.length - 1]
  return {
    code: 'no-message-stop',
    at: { in: 'end' },
    expected,
    actual: last ? `last event ${events.at(-1)?.type ?? show(last.data)}` : 'no events',
  }
}
