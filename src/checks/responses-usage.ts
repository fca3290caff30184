import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asInteger, asObject, show } from './read.ts'

/** That the three counts are integers is said by the schema. */
export const responsesUsage = defineCheck({
  id: 'responses-usage',
  summary: 'usage is there and its total is the sum',
  codes: ['missing', 'total'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const reply = asObject(view.completion)
    const { usage, status } = reply ?? {}
    if (!reply || (status !== 'completed' && status !== 'incomplete')) return unobserved('no finished reply')
    if (usage === undefined || usage === null) {
      // in a stream this is what the terminal event lacks
      if (view.streamed) return unobserved('no usage')
      return violated({ code: 'missing', at: inCompletion('/usage'), expected: 'usage', actual: show(usage) })
    }
    const counts = asObject(usage)
    const [input, output, total] = [counts?.input_tokens, counts?.output_tokens, counts?.total_tokens].map(asInteger)
    if (input === undefined || output === undefined || total === undefined) return unobserved('counts are not integers')
    if (total === input + output) return held(1)
    return violated({ code: 'total', at: inCompletion('/usage/total_tokens'), expected: String(input + output), actual: String(total) })
  },
})
