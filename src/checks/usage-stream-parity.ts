import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { promptKey, promptTokens } from './read-chat.ts'

export const usageStreamParity = defineCheck({
  id: 'usage-stream-parity',
  summary: 'a prompt costs the same streamed and not streamed',
  codes: ['differs'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const tokens = isSuccess(subject) ? promptTokens(subject) : undefined
    if (tokens === undefined) return unobserved('no prompt token count')
    const key = promptKey(subject)
    for (const other of views) {
      if (other.streamed === subject.streamed || !isSuccess(other) || promptKey(other) !== key) continue
      const expected = promptTokens(other)
      if (expected === undefined) continue
      if (expected === tokens) return held(1)
      return violated({ code: 'differs', at: inCompletion('/usage/prompt_tokens'), expected: String(expected), actual: String(tokens) })
    }
    return unobserved('no answer of the other mode to compare with')
  },
})
