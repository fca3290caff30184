import type { JsonObject, View, Violation } from '../types.ts'
import { at, defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asObject, asString, choicesOf, show } from './read.ts'
import { capOf, completionTokens } from './read-chat.ts'
import { reasoningTokens, thoughtsOf } from './reasoning-text.ts'
import { argumentsObject } from './tool-arguments.ts'
import { callMarkup } from './tool-markup.ts'
import { contentOf, hasCalls, isSuccess, namedCalls, toolChoiceOf } from './tool-request.ts'
import { streamedCalls } from './tool-stream.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/CreateChatCompletionResponse, finish_reason */
export const toolFinish = defineCheck({
  id: 'tool-finish',
  summary: 'a reply finishes with tool_calls when it has calls, and only then',
  codes: ['finish-reason', 'without-calls', 'late-delta'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const asked = toolChoiceOf(view)
    // OpenAI itself answers `stop` when the function was named by the request; the only one that is allowed is as good as named.
    const isNamed = asked?.kind === 'named' || (asked?.kind === 'allowed' && asked.mustCall && asked.names.length === 1)
    const accepted = isNamed ? ['tool_calls', 'stop'] : ['tool_calls']
    const violations: Violation[] = []
    const streamed = streamedCalls(view)
    let seen = 0
    for (const [position, reply] of choicesOf(view).entries()) {
      const finish = asString(reply.finish_reason) ?? ''
      const add = (code: string, expected: string) =>
        violations.push({ code, at: inCompletion(`/choices/${position}/finish_reason`), expected, actual: show(finish) })
      if (!hasCalls(view, reply)) {
        // Calls that got lost leave no text behind; this is an answer that finishes as if it were a call.
        const content = contentOf(reply)
        if (finish === 'tool_calls' && content.trim() !== '' && !callMarkup(content, false)) add('without-calls', '"stop"')
        continue
      }
      if (!asked || asked.kind === 'none') continue
      if (streamed.some(({ choice, finishes }) => choice === reply.index && finishes > 1)) continue
      // Values outside the documented set are another rule; a reply that was cut says so with `length` or `content_filter`.
      if (finish === 'length' ? !isWhole(view, reply) : !['stop', 'tool_calls', 'function_call'].includes(finish)) continue
      seen++
      if (!accepted.includes(finish)) add('finish-reason', accepted.join(' or '))
    }
    for (const { late, finishes } of streamed) {
      // where a choice finishes over and over, no finish says what came before it and what after
      if (late && finishes === 1)
        violations.push({ code: 'late-delta', at: at(late.event, late.pointer), expected: 'nothing of a call after the finish' })
    }
    return verdictOf(violations, seen, 'no finished reply with calls')
  },
})

/** Every call is complete and less than half of the room was used, so that nothing can have been cut. */
const isWhole = (view: View, reply: JsonObject): boolean => {
  const [tokens, cap, message] = [completionTokens(view), capOf(view), asObject(reply.message)]
  // Some vendors leave thoughts out of the count.
  if (tokens === undefined || cap === undefined || tokens * 2 > cap || !message) return false
  if ((reasoningTokens(view) ?? 0) > 0 || thoughtsOf(message).size > 0) return false
  const calls = namedCalls(view).filter(({ choice }) => choice === reply)
  return calls.length > 0 && calls.every((call) => argumentsObject(call.arguments) !== undefined)
}
