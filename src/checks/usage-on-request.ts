import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asObject } from './read.ts'
import { doneEvent, eachChunk, eachEntry, hasFailed, wantsUsage } from './read-chat.ts'

/** That the counts are complete is in the schema of a chunk. */
export const usageOnRequest = defineCheck({
  id: 'usage-on-request',
  summary: 'usage that was asked for comes before the sentinel',
  codes: ['missing', 'misplaced'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !wantsUsage(view)) return unobserved('no usage was asked for')
    if (hasFailed(view)) return unobserved('the stream reported a failure')
    const done = doneEvent(view)
    let chunks = 0
    let before = 0
    let other = 0
    eachChunk(view, ({ usage }, { index }) => {
      chunks++
      if (asObject(usage)) index < (done?.index ?? Number.POSITIVE_INFINITY) ? before++ : other++
      // another type is the schema's business
      else if (usage !== undefined && usage !== null) other++
    })
    if (before > 0) return held(before)
    if (chunks === 0) return unobserved('no chunks')
    if (other > 0) return unobserved('usage of another type, or after the sentinel')
    let inside: { event: SseEvent; pointer: string } | undefined
    let finished = false
    eachEntry(view, ({ event, pointer, choice }) => {
      if (typeof choice.finish_reason === 'string') finished = true
      if (asObject(choice.usage)) inside ??= { event, pointer: `${pointer}/usage` }
    })
    // without finish and sentinel the stream was cut short, and usage may be lost with the rest
    if (!done && !finished) return unobserved('the stream was cut short')
    const found = inside as { event: SseEvent; pointer: string } | undefined
    const expected = 'usage on a chunk'
    if (found) return violated({ code: 'misplaced', at: at(found.event, found.pointer), expected, actual: 'inside a choice' })
    return violated({ code: 'missing', at: inCompletion('/usage'), expected, actual: 'none' })
  },
})
