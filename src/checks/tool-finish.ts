import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { choicesOf, show } from './read.ts'
import { hasCalls, isSuccess, toolChoiceOf } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/CreateChatCompletionResponse, finish_reason */
export const toolFinish = defineCheck({
  id: 'tool-finish',
  summary: 'a reply with calls finishes with tool_calls',
  codes: ['finish-reason'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const choice = toolChoiceOf(view)
    if (!isSuccess(view) || !choice || choice.kind === 'none') return unobserved('the request leaves no room for calls')
    // OpenAI itself answers `stop` when the function was named by the request.
    const accepted = choice.kind === 'named' ? ['tool_calls', 'stop'] : ['tool_calls']
    const violations: Violation[] = []
    let seen = 0
    for (const [position, reply] of choicesOf(view).entries()) {
      const { finish_reason: finish } = reply
      // Other values say that the reply was cut, or are not in the documented set, which is another rule.
      if (!['stop', 'tool_calls', 'function_call'].includes(String(finish)) || !hasCalls(view, reply)) continue
      seen++
      if (accepted.includes(String(finish))) continue
      violations.push({
        code: 'finish-reason',
        at: inCompletion(`/choices/${position}/finish_reason`),
        expected: accepted.join(' or '),
        actual: show(finish),
      })
    }
    return verdictOf(violations, seen, 'no finished reply with calls')
  },
})
