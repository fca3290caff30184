import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { framingOf } from './stream-lines.ts'

/** Below these nothing can be told: a short answer looks buffered, and so does a fast one. */
const minPieces = 50
const minTotalMs = 1000

/**
 * Tells buffering from a slow start: late alone is no fault, because a model may have to load or a queue to empty.
 * Buffered text comes late and in hardly any separate arrivals.
 */
export const sseIncremental = defineCheck({
  id: 'sse-incremental',
  summary: 'text arrives while it is generated',
  codes: ['at-once', 'late'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!framingOf(view)) return unobserved('no event stream')
    const total = view.response.endAtMs
    if (total < minTotalMs) return unobserved(`the answer took only ${Math.round(total)} ms`)
    let pieces = 0
    let arrivals = 0
    let first: SseEvent | undefined
    let last: SseEvent | undefined
    for (const event of view.events) {
      if (!carriesText(event)) continue
      pieces++
      first ??= event
      // reads that a timer cannot tell apart count as one
      if (!last || event.atMs - last.atMs >= 1) arrivals++
      last = event
    }
    if (!first || !last || pieces < minPieces) return unobserved(`only ${pieces} pieces of text`)
    const actual = `${pieces} pieces in ${arrivals} arrivals from ${Math.round(first.atMs)} to ${Math.round(last.atMs)} of ${Math.round(total)} ms`
    if (arrivals < 3) return violated({ code: 'at-once', at: at(first), expected: '3 or more arrivals', actual })
    const isLate = first.atMs > 0.6 * total && last.atMs - first.atMs < 0.05 * total && arrivals < pieces / 5
    return isLate ? violated({ code: 'late', at: at(first), expected: `text before ${Math.round(0.6 * total)} ms`, actual }) : held(1)
  },
})

const textMembers = ['content', 'reasoning_content', 'reasoning', 'tool_calls']

/** Text of any kind, thoughts and arguments included: what is buffered is the stream and not the answer. */
const carriesText = ({ json }: SseEvent): boolean => {
  const object = asObject(json)
  if (typeof object?.type === 'string') return object.type.endsWith('.delta') || object.type === 'content_block_delta'
  const delta = asObject(asObject(asArray(object?.choices)?.[0])?.delta)
  return delta !== undefined && textMembers.some((name) => delta[name] !== undefined && delta[name] !== null && delta[name] !== '')
}
