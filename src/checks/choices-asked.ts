import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject } from './read.ts'
import { askedChoices } from './read-chat.ts'

export const choicesAsked = defineCheck({
  id: 'choices-asked',
  summary: 'as many choices come as were asked for',
  codes: ['ignored', 'count'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const asked = askedChoices(view)
    if (asked < 2 || view.streamed) return unobserved('one choice was asked for')
    if (!isSuccess(view) || isDisguisedFailure(view)) return unobserved(`answered ${view.response.status}`)
    const got = asArray(asObject(view.json)?.choices)?.length ?? 0
    if (got === asked) return held(asked)
    // none at all is the schema's business
    if (got === 0) return unobserved('no choices')
    return violated({
      code: got === 1 ? 'ignored' : 'count',
      at: inCompletion('/choices'),
      expected: `${asked} choices`,
      actual: String(got),
    })
  },
})
