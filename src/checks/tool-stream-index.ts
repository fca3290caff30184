import { defineCheck, held, unobserved } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { streamedCalls } from './tool-stream.ts'

/** The type is the schema's; this check only knows whether there was a delta whose index could be looked at. */
export const toolStreamIndex = defineCheck({
  id: 'tool-stream-index',
  summary: 'tool-call deltas with an integer index were seen',
  codes: [],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const seen = isSuccess(view) ? streamedCalls(view).reduce((sum, { deltas }) => sum + deltas.length, 0) : 0
    return seen > 0 ? held(seen) : unobserved('no tool-call delta with an index')
  },
})
