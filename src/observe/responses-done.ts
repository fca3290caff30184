import { isSuccess } from '../checks/failure.ts'
import { isDone } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { commonest, isWhole } from './votes.ts'

export const responsesDone: Observer = {
  id: 'responses-done',
  summary: 'looks for the sentinel at the end of streamed responses',
  sees(view) {
    if (view.endpoint !== 'POST /responses' || !view.streamed || !isSuccess(view) || !isWhole(view) || view.events.length < 2)
      return undefined
    return view.events.slice(-2).some(isDone) ? 'sent' : 'absent'
  },
  decide: commonest,
}
