import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asInteger, asObject, choicesOf, show } from './read.ts'
import { hasReasoning, usageOf } from './read-chat.ts'

export const usageReasoning = defineCheck({
  id: 'usage-reasoning',
  summary: 'thoughts that were shown are counted, as part of the completion',
  codes: ['missing', 'zero', 'above-completion'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const usage = usageOf(view)
    const completion = asInteger(usage?.completion_tokens)
    if (!usage || completion === undefined || completion < 1) return unobserved('no token counts')
    const details = usage.completion_tokens_details
    const counted = asObject(details)?.reasoning_tokens
    const tokens = asInteger(counted)
    const at = inCompletion('/usage/completion_tokens_details/reasoning_tokens')
    if (tokens !== undefined && tokens > completion) {
      return violated({ code: 'above-completion', at, expected: `<= ${completion}`, actual: String(tokens) })
    }
    const shown = choicesOf(view).some((choice) => hasReasoning(asObject(choice.message)))
    if (!shown) return tokens !== undefined && tokens > 0 ? held(1) : unobserved('no thoughts were shown')
    if (tokens !== undefined && tokens > 0) return held(1)
    if (tokens !== undefined) return violated({ code: 'zero', at, expected: '> 0', actual: String(tokens) })
    // a member of another type is the schema's business
    if ((counted ?? undefined) !== undefined || (details && !asObject(details))) return unobserved('the count is no integer')
    return violated({ code: 'missing', at, expected: '> 0', actual: show(counted) })
  },
})
