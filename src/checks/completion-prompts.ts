import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess, judgeStatus } from './failure.ts'
import { asArray, asInteger, asObject } from './read.ts'
import { choicesAsked, requestOf } from './read-completions.ts'

/** Every form of a prompt may be refused; what is taken is answered prompt by prompt. */
export const completionPrompts = defineCheck({
  id: 'completion-prompts',
  summary: 'each prompt of a list gets a choice, and the tokens of one prompt get one',
  codes: ['count', 'index', 'status', 'lenient'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!Array.isArray(requestOf(view).prompt)) return unobserved('the prompt is no list')
    const { status } = view.response
    if (!isSuccess(view)) {
      // a server error is everybody's business
      if (status < 400 || status > 499) return unobserved(`answered ${status}`)
      return judgeStatus(view, { is: [400], also: [404, 405, 415, 422] })
    }
    const choices = asArray(asObject(view.completion)?.choices)
    // that there is at least one is in the schema
    if (!choices || choices.length === 0 || isDisguisedFailure(view)) return unobserved('no choices')
    const asked = choicesAsked(view)
    const actual = `${choices.length} choices`
    if (choices.length !== asked) return violated({ code: 'count', at: inCompletion('/choices'), expected: `${asked} choices`, actual })
    const seen = new Set<number>()
    for (const [position, choice] of choices.entries()) {
      const index = asInteger(asObject(choice)?.index)
      // without a number is the schema's business
      if (index === undefined) return unobserved('a choice without an index')
      if (index < asked && !seen.has(index)) seen.add(index)
      else {
        const where = inCompletion(`/choices/${position}/index`)
        return violated({ code: 'index', at: where, expected: `each of 0 to ${asked - 1} once`, actual: String(index) })
      }
    }
    return held(choices.length)
  },
})
