import type { JsonObject, View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asObject, show } from './read.ts'
import { blindness, nothingStreamed, readResponses } from './read-responses.ts'
import { isDisguisedCall, spokenTokens, textsOf } from './settled-output.ts'

/** The form of message items is said by the schema; here it is asked whether the text came as one. */
export const responsesMessage = defineCheck({
  id: 'responses-message',
  summary: 'the text of a reply is in a message item',
  codes: ['missing', 'empty', 'part-type'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const reply = asObject(view.completion)
    const output = asArray(reply?.output)?.map(asObject)
    if (!reply || !output) return unobserved('no output')
    const messages = output.filter((item) => item?.type === 'message')
    if (messages.some((item) => textsOf(item).some((text) => text !== ''))) return held(messages.length)
    const odd = oddPart(output)
    if (odd) return odd
    // streamed items are compared with the output elsewhere; a cap or a tool leaves nothing to say
    const isElsewhere = view.streamed && blindness(readResponses(view)) !== nothingStreamed
    if (isElsewhere || reply.status !== 'completed' || traits.has('thinks')) return unobserved('no text, for reasons of its own')
    if (output.some(isOther) || hasShapeViolation(view)) return unobserved('no text, for reasons of its own')
    const place = inCompletion('/output')
    const expected = 'a message item with text'
    if (messages.length === 0 && output.length > 0) {
      return violated({ code: 'missing', at: place, expected, actual: show(output.map((item) => item?.type)) })
    }
    // a model that stops at once says nothing, at the cost of the token that stops it and a few that print nothing
    const spoken = spokenTokens(view)
    if (spoken <= 3) return unobserved('the model said nothing')
    return violated({ code: messages.length === 0 ? 'missing' : 'empty', at: place, expected, actual: `${spoken} tokens without text` })
  },
})

const isOther = (item: JsonObject | undefined): boolean =>
  item?.type === 'function_call' || item?.type === 'reasoning' || typeof item?.type !== 'string' || isDisguisedCall(item)

const hasShapeViolation = ({ shape }: View): boolean =>
  shape.some(({ violation: { at: place } }) => 'pointer' in place && place.pointer.startsWith('/output'))

/** Text in a part of some other type, where no part of the right type has any. */
const oddPart = (output: readonly (JsonObject | undefined)[]) => {
  for (const [index, item] of output.entries()) {
    if (item?.type !== 'message') continue
    for (const [position, part] of (asArray(item.content) ?? []).map(asObject).entries()) {
      if (typeof part?.type !== 'string' || part.type === 'output_text' || part.type === 'refusal' || !part.text) continue
      const place = inCompletion(`/output/${index}/content/${position}/type`)
      return violated({ code: 'part-type', at: place, expected: '"output_text"', actual: show(part.type) })
    }
  }
  return undefined
}
