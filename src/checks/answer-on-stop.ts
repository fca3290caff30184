import type { JsonObject, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isNoise } from './noise.ts'
import { asArray, asObject, asString, choicesOf, show } from './read.ts'
import { capOf, completionTokens, hasReasoning, isMisshapen, reasoningText } from './read-chat.ts'

/** A model may end its turn at once; only more tokens than an ended turn costs are an answer that went missing. */
const fewTokens = 5

export const answerOnStop = defineCheck({
  id: 'answer-on-stop',
  summary: 'a reply that finished with stop has text',
  codes: ['reasoning-only', 'empty'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (isMisshapen(view)) return unobserved('parts of the answer are malformed')
    const violations: Violation[] = []
    const choices = choicesOf(view)
    const [cap, spent] = [capOf(view), completionTokens(view)]
    // thoughts took all the room: that the finish should have said so is another rule
    const isCut = cap !== undefined && spent !== undefined && spent >= cap
    let subjects = 0
    for (const [position, choice] of choices.entries()) {
      const message = asObject(choice.message)
      if (choice.finish_reason !== 'stop' || !message || asString(message.refusal)) continue
      if (asArray(message.tool_calls)?.length || asObject(message.function_call)) continue
      const { content } = message
      if (typeof content === 'string' && content !== '') subjects++
      // a missing member is judged by the schema
      if (content !== null && content !== '') continue
      const code = hasReasoning(message)
        ? isCut || isFlimsy(message)
          ? undefined
          : 'reasoning-only'
        : choices.length === 1 && (completionTokens(view) ?? 0) > fewTokens
          ? 'empty'
          : undefined
      if (code) violations.push({ code, at: inCompletion(`/choices/${position}/message/content`), expected: 'text', actual: show(content) })
    }
    return verdictOf(violations, subjects, 'no reply that finished with stop and had something to say')
  },
})

/** Thoughts that broke off as soon as they began, or were none: a model that ends anywhere ends among its thoughts too. */
const isFlimsy = (message: JsonObject): boolean => {
  const text = reasoningText(message)
  return text !== '' && (text.length < 40 || isNoise(text))
}
