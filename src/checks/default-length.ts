import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { isNoise } from './noise.ts'
import { asObject, asString, choicesOf, show } from './read.ts'
import { capOf, completionTokens, contentOf, isMisshapen, reasoningText } from './read-chat.ts'

/** Contexts of models that follow a conversation are larger than this together with a short prompt. */
const small = 1024

/**
 * A cut is the server's own only where the model was doing as it was told, and where far less was written than any context
 * holds: noise runs until the context is full.
 */
export const defaultLength = defineCheck<{ readonly upTo: number }>({
  id: 'default-length',
  summary: 'an answer without a cap is not cut after a few tokens',
  codes: ['cut'],
  needs: 'complete',
  over: 'exchange',
  args: { type: 'object', required: ['upTo'], additionalProperties: false, properties: { upTo: { type: 'integer', minimum: 2 } } },
  judge([view], { upTo }) {
    if (!isSuccess(view) || isDisguisedFailure(view) || isMisshapen(view)) return unobserved(`answered ${view.response.status}`)
    if (capOf(view) !== undefined) return unobserved('the request has a cap')
    const [choice] = choicesOf(view)
    const finish = asString(choice?.finish_reason)
    if (!choice || (finish !== 'stop' && finish !== 'length')) return unobserved('no finish by stop or length')
    const last = countedTo(contentOf(choice) ?? '')
    if (finish === 'stop') return last >= upTo ? held(1) : unobserved('the model ended before the last number')
    const wasCounting = last > 0 && last < upTo
    if (!wasCounting && !isThinking(view)) return unobserved('cut, but not while it was counting')
    const spent = completionTokens(view)
    if (spent !== undefined && spent > small) return unobserved('cut after more than a small number of tokens')
    const actual = `length after ${spent === undefined ? `the number ${last}` : `${spent} tokens`}`
    return violated({ code: 'cut', at: inCompletion('/choices/0/finish_reason'), expected: '"stop"', actual: show(actual) })
  },
})

/** The last number of a text that counts from one without a gap; the last but one where the very last may be cut in half. */
const countedTo = (text: string): number => {
  let expected = 1
  for (const [digits] of text.matchAll(/\d+/g)) {
    if (Number(digits) !== expected) break
    expected++
  }
  return expected > 3 ? expected - 1 : 0
}

/** Cut among thoughts that make sense, of which the number of tokens is known. */
const isThinking = (view: View): boolean => {
  const message = asObject(choicesOf(view)[0]?.message)
  const thoughts = reasoningText(message)
  return !asString(message?.content) && completionTokens(view) !== undefined && thoughts.length >= 40 && !isNoise(thoughts)
}
