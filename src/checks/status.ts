import { defineCheck } from './define-check.ts'
import { judgeStatus, type StatusArgs, statusArgs } from './failure.ts'

export const status = defineCheck<StatusArgs>({
  id: 'status',
  summary: 'the status is one of those owed',
  codes: ['status', 'lenient'],
  needs: 'any',
  over: 'exchange',
  args: statusArgs,
  judge: ([view], args) => judgeStatus(view, args),
})
