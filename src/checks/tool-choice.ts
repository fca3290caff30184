import type { JsonObject, View, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asObject, choicesOf, show } from './read.ts'
import { hasReasoning } from './read-chat.ts'
import { thoughtsOf } from './reasoning-text.ts'
import { callMarkup } from './tool-markup.ts'
import { contentOf, functionsOf, hasCalls, isSuccess, namedCalls, type ToolChoice, toolChoiceOf } from './tool-request.ts'

interface Args {
  readonly kind: ToolChoice['kind']
}

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionToolChoiceOption */
export const toolChoice = defineCheck<Args>({
  id: 'tool-choice',
  summary: 'tool_choice is obeyed',
  codes: ['ignored', 'other-function'],
  needs: 'complete',
  args: {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: ['none', 'required', 'named', 'allowed'] } },
    additionalProperties: false,
  },
  over: 'exchange',
  judge([view], { kind }) {
    const choice = toolChoiceOf(view)
    if (!isSuccess(view) || view.breaks !== undefined || choice?.kind !== kind) return unobserved(`tool_choice is not ${kind}`)
    const names = choice.kind === 'named' ? [choice.name] : choice.kind === 'allowed' ? choice.names : undefined
    const violations: Violation[] = []
    let seen = 0
    for (const [position, reply] of choicesOf(view).entries()) {
      const pointer = `/choices/${position}/message/tool_calls`
      const called = hasCalls(view, reply)
      if (called) {
        seen++
        if (kind === 'none')
          violations.push({
            code: 'ignored',
            at: inCompletion(pointer),
            expected: 'no calls',
            actual: show(namedCalls(view).map(({ name }) => name)),
          })
      } else if (kind === 'none') {
        // Empty text is not this rule's business: nothing was called.
        if (reply.finish_reason === 'stop' || contentOf(reply).trim() !== '') seen++
      } else if ((choice.kind !== 'allowed' || choice.mustCall) && owedCall(reply)) {
        violations.push({
          code: 'ignored',
          at: inCompletion(pointer),
          expected: names?.join(' or ') || 'a call',
          actual: show(contentOf(reply)),
        })
      }
    }
    if (names) violations.push(...strangers(view, names).slice(0, 20))
    return verdictOf(violations, seen, 'no reply that obeys or disobeys')
  },
})

/** A finished reply without calls for which nothing else is to blame: no refusal, no call in another form, no call left as text. */
const owedCall = (reply: JsonObject): boolean => {
  const message = asObject(reply.message)
  if (reply.finish_reason !== 'stop' || !message || message.refusal || asObject(message.function_call)) return false
  const said = contentOf(reply)
  // a model that ended among its thoughts never came to where the grammar of calls begins, unless its call is among them
  if (said === '' && hasReasoning(message)) return callMarkup([...thoughtsOf(message).values()].join('\n'), false) !== undefined
  return callMarkup(said, false) === undefined
}

/** Calls to functions that are declared but not asked for; undeclared names are another rule. */
const strangers = (view: View, names: readonly string[]): Violation[] => {
  const declared = functionsOf(view)
  return namedCalls(view)
    .filter(({ name }) => declared.has(name) && !names.includes(name))
    .map(({ pointer, name }) => ({
      code: 'other-function',
      at: inCompletion(`${pointer}/function/name`),
      expected: names.join(' or ') || 'no call',
      actual: show(name),
    }))
}
