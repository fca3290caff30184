import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { errorOf, isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { asString } from './read.ts'
import { areCallsSound } from './tool-request.ts'

/** The words in which servers ask for the thoughts behind a call. */
const wantsReasoning = /reasoning(_content)?\W.*\b(must be passed back|is missing)|missing\W+reasoning(_content)?\b/i

/** For sentences of the form "X is accepted": here a refusal is the violation, however politely it is made. */
export const accepted = defineCheck<{ readonly unless?: 'thinks' | 'reasoning' } | undefined>({
  id: 'accepted',
  summary: 'the request is answered with success',
  codes: ['refused', 'dialect'],
  needs: 'any',
  over: 'exchange',
  args: { type: 'object', additionalProperties: false, properties: { unless: { enum: ['thinks', 'reasoning'] } } },
  judge([view], args, { traits }) {
    const { status } = view.response
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
    if (!refused) return unobserved(`answered ${status}`)
    if (!areCallsSound(view)) return unobserved('the calls that go back are broken themselves')
    if (args?.unless === 'thinks' && traits.has('thinks')) return unobserved('refused, maybe because the model thinks')
    const violation = { code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) } as const
    // DeepSeek and Kimi demand it back, Cerebras and Mistral refuse it: what servers differ on is told and not blamed
    if (args?.unless === 'reasoning' && wantsReasoning.test(asString(errorOf(view)?.message) ?? ''))
      return held(1, [{ ...violation, code: 'dialect' }])
    return violated(violation)
  },
})
