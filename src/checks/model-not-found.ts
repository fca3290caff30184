import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess, judgeStatus } from './failure.ts'

/** A server of one model may answer to any name; only when it is known to do so is that no defect. */
export const modelNotFound = defineCheck({
  id: 'model-not-found',
  summary: 'an unknown model is answered 404',
  codes: ['status', 'served', 'lenient', 'single-model'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { traits }) {
    const outcome = judgeStatus(view, { is: [404], also: [400] })
    if (!isSuccess(view) || outcome.kind === 'unobserved') return outcome
    const served = { at: { in: 'status' }, expected: '404', actual: String(view.response.status) } as const
    if (view.streamed && view.events.length === 0) return unobserved('an empty stream')
    return traits.has('single-model') ? held(1, [{ code: 'single-model', ...served }]) : violated({ code: 'served', ...served })
  },
})
