import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { areCallsSound } from './tool-request.ts'

/** For sentences of the form "X is accepted": here a refusal is the violation, however politely it is made. */
export const accepted = defineCheck<{ readonly unless?: 'thinks' } | undefined>({
  id: 'accepted',
  summary: 'the request is answered with success',
  codes: ['refused'],
  needs: 'any',
  over: 'exchange',
  args: { type: 'object', additionalProperties: false, properties: { unless: { enum: ['thinks'] } } },
  judge([view], args, { traits }) {
    const { status } = view.response
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
    if (!refused) return unobserved(`answered ${status}`)
    if (!areCallsSound(view)) return unobserved('the calls that go back are broken themselves')
    if (args?.unless !== undefined && traits.has(args.unless)) return unobserved(`refused, maybe because the model ${args.unless}`)
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
  },
})
