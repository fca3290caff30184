import type { JsonObject, View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asObject, choicesOf, eachChoice, show } from './read.ts'
import { isMisshapen } from './read-chat.ts'
import { contentOf, functionsOf, hasCalls, isSuccess } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionMessageToolCall */
export const toolCall = defineCheck({
  id: 'tool-call',
  summary: 'calls arrive as tool_calls, and are there when the finish says so',
  codes: ['no-calls', 'legacy-form'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view) || functionsOf(view).size === 0) return unobserved('the request declares no functions')
    const legacyAsked = (asArray(asObject(view.request)?.functions)?.length ?? 0) > 0
    let seen = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      if (hasCalls(view, choice)) {
        seen++
        continue
      }
      const legacy = asObject(asObject(choice.message)?.function_call) ?? legacyDelta(view, choice.index)
      if (legacy && !legacyAsked) {
        return violated({
          code: 'legacy-form',
          at: inCompletion(`/choices/${position}/message/function_call`),
          expected: 'tool_calls',
          actual: show(legacy),
        })
      }
      // An answer in words under this finish has the wrong finish, which is another rule, and so has one without a message.
      if (choice.finish_reason !== 'tool_calls' || contentOf(choice).trim() !== '') continue
      if (isMisshapen(view) || !asObject(choice.message)) continue
      const at = inCompletion(`/choices/${position}/message/tool_calls`)
      return violated({ code: 'no-calls', at, expected: 'at least one call', actual: show(asObject(choice.message)?.tool_calls) })
    }
    return seen > 0 ? held(seen) : unobserved('the model called nothing')
  },
})

/** The fold knows only the current form of a call. */
const legacyDelta = (view: View, index: unknown): JsonObject | undefined => {
  let found: JsonObject | undefined
  eachChoice(view, (choice) => {
    if (choice.index === index) found ??= asObject(choice.delta.function_call)
  })
  return found
}
