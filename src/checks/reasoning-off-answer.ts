import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isSwitchedOff } from './off-switch.ts'
import { asArray, asObject, asString, choicesOf, show } from './read.ts'
import { answerOf, thoughtsOf } from './reasoning-text.ts'
import { isSuccess } from './tool-request.ts'

/** A thought is never just the word that was asked for: such a text is the answer, put into the wrong member. */
const theWord = /^\W*OK\W*$/i

/** Parsers that wait for the end of a thought take all of an answer for one that never ended. */
export const reasoningOffAnswer = defineCheck({
  id: 'reasoning-off-answer',
  summary: 'with the thinking switched off the answer is in the content and not among the thoughts',
  codes: ['among-thoughts'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    if (!request || !isSwitchedOff(request)) return unobserved('the thinking was not switched off')
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const messages = asArray(request.messages) ?? []
    if (!/\bsingle word OK\b/.test(asString(asObject(messages[messages.length - 1])?.content) ?? ''))
      return unobserved('no word was asked for')
    const violations: Violation[] = []
    let answers = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      const message = asObject(choice.message)
      if (!message) continue
      if (answerOf(message).trim() !== '') {
        answers++
        continue
      }
      for (const [name, text] of thoughtsOf(message)) {
        if (!theWord.test(text)) continue
        const at = inCompletion(`/choices/${position}/message/${name}`)
        violations.push({ code: 'among-thoughts', at, expected: 'the answer in content', actual: show(text) })
      }
    }
    return verdictOf(violations, answers, 'no answer was seen')
  },
})
