import type { JsonObject } from '../types.ts'
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
    // an answer that never came is nothing to send back, so that some servers miss its content; one in parts is not what a reply has
    if (refused && returned.some((message) => isBare(message) || asArray(message?.content)))
      return unobserved('the message that goes back has no text that stands by itself')
    if (refused) return violated(refused)
    return isSuccess(view) ? held(returned.length) : unobserved(`answered ${view.response.status}`)
  },
})

const isBare = (message: JsonObject | undefined): boolean => !message?.content && (asArray(message?.tool_calls)?.length ?? 0) === 0
