import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asInteger } from './read.ts'
import { usageOf } from './read-chat.ts'

export const usageSum = defineCheck({
  id: 'usage-sum',
  summary: 'total_tokens is prompt_tokens plus completion_tokens',
  codes: ['sum'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const usage = usageOf(view)
    const [prompt, completion, total] = [
      asInteger(usage?.prompt_tokens),
      asInteger(usage?.completion_tokens),
      asInteger(usage?.total_tokens),
    ]
    if (prompt === undefined || completion === undefined || total === undefined) return unobserved('no three token counts')
    if (total === prompt + completion) return held(1)
    const expected = `${prompt} + ${completion} = ${prompt + completion}`
    return violated({ code: 'sum', at: inCompletion('/usage/total_tokens'), expected, actual: String(total) })
  },
})
