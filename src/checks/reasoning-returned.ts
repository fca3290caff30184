import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure } from './failure.ts'
import { asArray, asObject } from './read.ts'
import { thoughtsOf } from './reasoning-text.ts'
import { isSuccess, refusal } from './tool-request.ts'

/** https://github.com/vercel/ai packages/openai-compatible sends the reasoning of earlier turns back under the name it came with. */
export const reasoningReturned = defineCheck({
  id: 'reasoning-returned',
  summary: 'a history that carries reasoning is accepted',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const messages = (asArray(asObject(view.request)?.messages) ?? []).map(asObject)
    const returned = messages.filter((message) => message?.role === 'assistant' && thoughtsOf(message).size > 0)
    if (returned.length === 0) return unobserved('no reasoning to send back was found')
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    const refused = refusal(view)
    if (refused) return violated(refused)
    return isSuccess(view) ? held(returned.length) : unobserved(`answered ${view.response.status}`)
  },
})
