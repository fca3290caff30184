import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asInteger, asObject } from './read.ts'
import { usageOf } from './read-chat.ts'

export const usageCached = defineCheck({
  id: 'usage-cached',
  summary: 'cached tokens are part of the prompt tokens',
  codes: ['above-prompt'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const usage = usageOf(view)
    const cached = asInteger(asObject(usage?.prompt_tokens_details)?.cached_tokens)
    const prompt = asInteger(usage?.prompt_tokens)
    if (cached === undefined || prompt === undefined || cached < 0) return unobserved('no cached tokens are reported')
    if (cached <= prompt) return held(1)
    const at = inCompletion('/usage/prompt_tokens_details/cached_tokens')
    return violated({ code: 'above-prompt', at, expected: `<= ${prompt}`, actual: String(cached) })
  },
})
