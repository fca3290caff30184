import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asInteger, asObject, show } from './read.ts'
import { textOf } from './read-responses.ts'

/** The form of message items is said by the schema; here it is asked whether the text came as one. */
export const responsesMessage = defineCheck({
  id: 'responses-message',
  summary: 'the text of a reply is in a message item',
  codes: ['missing', 'empty'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const reply = asObject(view.completion)
    const output = asArray(reply?.output)?.map(asObject)
    if (!reply || !output) return unobserved('no output')
    const messages = output.filter((item) => item?.type === 'message')
    if (messages.some((item) => hasText(item))) return held(messages.length)
    // streamed items are compared with the output elsewhere; a cap or a tool leaves nothing to say
    if (view.streamed || reply.status !== 'completed' || traits.has('thinks')) return unobserved('no text, for reasons of its own')
    if (output.some((item) => item?.type === 'function_call' || item?.type === 'reasoning')) return unobserved('no text')
    const place = inCompletion('/output')
    const expected = 'a message item with text'
    if (messages.length === 0 && output.length > 0)
      return violated({ code: 'missing', at: place, expected, actual: show(output.map((item) => item?.type)) })
    // a model that stops at once says nothing, which costs at most the token that stops it
    if (spokenTokens(reply) < 2) return unobserved('the model said nothing')
    return violated({
      code: messages.length === 0 ? 'missing' : 'empty',
      at: place,
      expected,
      actual: `${spokenTokens(reply)} tokens without text`,
    })
  },
})

const hasText = (item: JsonObject | undefined): boolean => (asArray(item?.content) ?? []).some((part) => Boolean(textOf(asObject(part))))

const spokenTokens = (reply: JsonObject): number => {
  const usage = asObject(reply.usage)
  return (asInteger(usage?.output_tokens) ?? 0) - (asInteger(asObject(usage?.output_tokens_details)?.reasoning_tokens) ?? 0)
}
