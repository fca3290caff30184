import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { choicesOf, show } from './read.ts'
import { contentOf, lineAsked, stopsOf } from './read-chat.ts'

/** Whole sequences in the text are judged for every answer; a stream may besides let go of their first letters too early. */
export const stopLeak = defineCheck({
  id: 'stop-leak',
  summary: 'a stream does not end with the beginning of a stop sequence',
  codes: ['partial'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const choice = choicesOf(view)[0]
    const content = contentOf(choice)
    const line = lineAsked(view)
    if (!view.streamed || !isSuccess(view) || !content || !line || choice?.finish_reason !== 'stop')
      return unobserved('no stream that stopped')
    const stops = stopsOf(view)
    if (stops.some((stop) => content.includes(stop))) return unobserved('the whole sequence was sent')
    const stop = stops.find((candidate) => line.includes(candidate))
    if (stop === undefined) return unobserved('the prompt does not lead to a stop sequence')
    const before = line.slice(0, line.indexOf(stop))
    if (content.trimEnd().endsWith(before.trim())) return held(1)
    for (let length = stop.length - 1; length > 0; length--) {
      if (!content.endsWith(before + stop.slice(0, length))) continue
      const at = inCompletion('/choices/0/message/content')
      return violated({ code: 'partial', at, expected: show(before), actual: show(content) })
    }
    return unobserved('the model did not come to the stop sequence')
  },
})
