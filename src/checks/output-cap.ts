import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { errorOf, isDisguisedFailure, isSuccess } from './failure.ts'
import { asInteger, asObject, asString, choicesOf, eachChoice } from './read.ts'
import { askedChoices, completionTokens, isRefused, longestMeanToken, payloadOf, producedLength, usageOf } from './read-chat.ts'

interface Args {
  readonly member: 'max_tokens' | 'max_completion_tokens'
}

export const outputCap = defineCheck<Args>({
  id: 'output-cap',
  summary: 'the output is not longer than the cap of the request',
  codes: ['ignored', 'refused'],
  needs: 'complete',
  over: 'exchange',
  args: {
    type: 'object',
    required: ['member'],
    additionalProperties: false,
    properties: { member: { enum: ['max_tokens', 'max_completion_tokens'] } },
  },
  judge([view], { member }, { traits }) {
    const asked = asInteger(asObject(view.request)?.[member])
    if (asked === undefined || asked < 1) return unobserved(`the request has no ${member}`)
    const mayRefuse = member === 'max_tokens' && (traits.has('max-completion-tokens') || traits.has('thinks'))
    if (isRefused(view) && !mayRefuse && speaksOf(view, member)) {
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(view.response.status) })
    }
    if (!isSuccess(view) || isDisguisedFailure(view)) return unobserved(`answered ${view.response.status}`)
    const choices = choicesOf(view)
    if (choices.length === 0) return unobserved('no choices')
    const cap = asked * askedChoices(view)
    let produced = 0
    for (const choice of choices) produced += producedLength(choice)
    // deltas that repeat what went before make long text of few tokens
    const believable = !view.streamed || deltasOf(view) > cap
    if (produced > cap * longestMeanToken && believable) {
      const at = inCompletion('/choices/0/message/content')
      return violated({ code: 'ignored', at, expected: `<= ${cap} tokens`, actual: `${produced} characters` })
    }
    const tokens = completionTokens(view)
    if (tokens !== undefined && tokens > cap) {
      const thoughts = asInteger(asObject(usageOf(view)?.completion_tokens_details)?.reasoning_tokens) ?? 0
      // what the text cannot fill is a wrong count, judged as such
      if (thoughts === 0 && produced < tokens) return unobserved('more tokens are reported than the text can have')
      return violated({ code: 'ignored', at: inCompletion('/usage/completion_tokens'), expected: `<= ${cap}`, actual: String(tokens) })
    }
    const cut = choices.some((choice) => choice.finish_reason === 'length')
    return tokens !== undefined || cut ? held(1) : unobserved('no token count, and the answer was not cut')
  },
})

const deltasOf = (view: View): number => {
  let deltas = 0
  eachChoice(view, ({ delta }) => {
    if (payloadOf(delta) !== undefined) deltas++
  })
  return deltas
}

/** Reasoning models of OpenAI may refuse `max_tokens`. Otherwise only a refusal by name is blamed. */
const speaksOf = (view: View, member: string): boolean => {
  const error = errorOf(view)
  return error !== undefined && `${asString(error.param) ?? ''} ${asString(error.message) ?? ''}`.includes(member)
}
