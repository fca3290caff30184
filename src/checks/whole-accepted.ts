import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { errorOf, isDisguisedFailure } from './failure.ts'
import { asString } from './read.ts'
import { isSuccess, refusal } from './tool-request.ts'

/**
 * The earlier steps send what this one puts together, each part by itself: what is refused there has a rule of its own,
 * so that a refusal here speaks of nothing but the sum.
 */
export const wholeAccepted = defineCheck({
  id: 'whole-accepted',
  summary: 'a request is accepted whose parts are',
  codes: ['refused', 'window'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    if (views.length < 2) return unobserved('no parts to compare with')
    const part = views.slice(0, -1).find((other) => !isSuccess(other) || isDisguisedFailure(other))
    if (part) return unobserved(`a part of it was answered ${part.response.status}`)
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = refusal(view)
    if (!refused) return unobserved(`answered ${view.response.status}`)
    // how much fits is a setting of the server: a small window is told and not blamed
    return isAboutRoom(view) ? held(1, [{ ...refused, code: 'window' }]) : violated(refused)
  },
})

const roomWords =
  /context|max_(completion_|output_|new_)?tokens|(completion|output|input|prompt|total) tokens|too (long|large|many tokens)|token limit/i

/** Whether a refusal speaks of room: for the prompt, for the answer, or for both together. */
const isAboutRoom = (view: View): boolean => {
  const error = errorOf(view)
  const said = [error?.code, error?.type, error?.param, error?.message].map((word) => asString(word) ?? '').join(' ')
  return view.response.status === 413 || roomWords.test(error ? said : new TextDecoder().decode(view.body.subarray(0, 2000)))
}
