import { defineCheck, held, unobserved } from './define-check.ts'
import { isSuccess, namedCalls } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/function-calling, parallel calls: the model decides, so absence is not blamed. */
export const toolParallel = defineCheck({
  id: 'tool-parallel',
  summary: 'several calls in one reply',
  codes: [],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const calls = isSuccess(view) ? namedCalls(view) : []
    const several = calls.find(({ choice }, position) => calls.findIndex((other) => other.choice === choice) < position)
    return several ? held(calls.length) : unobserved('the model made fewer than two calls')
  },
})
