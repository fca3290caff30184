import { defineCheck, unobserved } from './define-check.ts'
import { judgeStatus, type StatusArgs, statusArgs } from './failure.ts'
import { lacksTools } from './optional-request.ts'

export const status = defineCheck<StatusArgs>({
  id: 'status',
  summary: 'the status is one of those owed',
  codes: ['status', 'lenient'],
  needs: 'any',
  over: 'exchange',
  args: statusArgs,
  judge([view], args, { traits }) {
    const { status } = view.response
    // gateways answer 404 where no model behind them takes tools, and 501 says that there are none
    if ([404, 405, 415, 501].includes(status) && lacksTools(view, traits)) return unobserved(`tools were refused with ${status}`)
    return judgeStatus(view, args)
  },
})
