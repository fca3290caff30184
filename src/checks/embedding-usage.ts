import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { asInteger, asObject } from './read.ts'

/** Nothing is generated, so that the prompt is all there is to count. That there are counts is in the schema. */
export const embeddingUsage = defineCheck({
  id: 'embedding-usage',
  summary: 'total_tokens is prompt_tokens',
  codes: ['sum'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const usage = asObject(asObject(view.json)?.usage)
    const [prompt, total] = [asInteger(usage?.prompt_tokens), asInteger(usage?.total_tokens)]
    if (prompt === undefined || total === undefined) return unobserved('no two token counts')
    if (prompt === total) return held(1)
    return violated({ code: 'sum', at: inBody('/usage/total_tokens'), expected: String(prompt), actual: String(total) })
  },
})
