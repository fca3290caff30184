import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure } from './failure.ts'
import { isSuccess, refusal } from './tool-request.ts'

/**
 * The first step asks the same in plain form: what is refused there too is refused for something else,
 * which has a rule of its own. So a refusal here speaks of nothing but the form that this step adds.
 */
export const oddityAccepted = defineCheck({
  id: 'oddity-accepted',
  summary: 'what the first step lacks is accepted',
  codes: ['refused'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const [plain] = views
    const view = views[views.length - 1] as View
    if (view === plain) return unobserved('no plain form to compare with')
    if (!isSuccess(plain) || isDisguisedFailure(plain)) return unobserved(`the plain form was answered ${plain.response.status}`)
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = refusal(view)
    return refused ? violated(refused) : unobserved(`answered ${view.response.status}`)
  },
})
