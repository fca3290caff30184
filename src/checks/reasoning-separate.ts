import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asObject, choicesOf, show } from './read.ts'
import { answerOf, reasoningTokens, thinkingTag, thoughtsOf } from './reasoning-text.ts'
import { isSuccess } from './tool-request.ts'

/** https://github.com/vllm-project/vllm docs/features/reasoning_outputs.md: a parser takes the thoughts out of the answer. */
export const reasoningSeparate = defineCheck({
  id: 'reasoning-separate',
  summary: 'no thinking tag in content',
  codes: ['tag'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const violations: Violation[] = []
    let seen = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      const message = asObject(choice.message)
      if (!message) continue
      const tag = thinkingTag(answerOf(message))
      // The model may be quoting what the conversation says about such tags.
      const quoted = tag !== undefined && JSON.stringify(asObject(view.request)?.messages ?? '').includes(tag)
      if (tag !== undefined && !quoted) {
        violations.push({
          code: 'tag',
          at: inCompletion(`/choices/${position}/message/content`),
          expected: `no ${tag}`,
          actual: show(message.content),
        })
      } else if (thoughtsOf(message).size > 0 || (reasoningTokens(view) ?? 0) > 0) seen++
    }
    return verdictOf(violations, seen, 'no reasoning was seen')
  },
})
