import type { Outcome, View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { judgeStatus } from './failure.ts'
import { longestMeanToken } from './read-chat.ts'
import { askedTokens, messageOf, outputTokens, writtenLength } from './read-messages.ts'

export const anthropicMaxTokens = defineCheck({
  id: 'anthropic-max-tokens',
  summary: 'max_tokens is required, limits the message, and is told as the reason of a cut',
  codes: ['status', 'over-cap', 'stop-reason'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (view.breaks === 'max_tokens') {
      const outcome = judgeStatus(view, { is: [400] })
      return outcome.kind === 'held' ? held(1) : outcome
    }
    return view.breaks === undefined ? judgeCap(view) : unobserved('the request was broken on purpose')
  },
})

const judgeCap = (view: View): Outcome => {
  const message = messageOf(view)
  const cap = askedTokens(view)
  if (!message || cap === undefined || cap < 1) return unobserved('no message with a cap')
  const tokens = outputTokens(message)
  const length = writtenLength(message)
  // no vocabulary has tokens of that mean length
  if (length > cap * longestMeanToken)
    return violated({ code: 'over-cap', at: inCompletion('/content'), expected: `<= ${cap} tokens`, actual: `${length} characters` })
  // what the text cannot fill is a wrong count, unless thoughts that are not shown fill it
  if (tokens !== undefined && tokens > cap && length >= tokens)
    return violated({ code: 'over-cap', at: inCompletion('/usage/output_tokens'), expected: `<= ${cap}`, actual: String(tokens) })
  if (message.stop_reason === 'max_tokens') return held(1)
  if (tokens !== cap || message.stop_reason !== 'end_turn') return unobserved('the message is not known to have met its cap')
  return violated({ code: 'stop-reason', at: inCompletion('/stop_reason'), expected: 'max_tokens', actual: 'end_turn' })
}
