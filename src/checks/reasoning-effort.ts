import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy } from './failure.ts'
import { asObject, asString } from './read.ts'
import { refusal } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ReasoningEffort */
const known = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

export const reasoningEffort = defineCheck({
  id: 'reasoning-effort',
  summary: 'a known reasoning_effort is accepted, an unknown one is refused',
  codes: ['refused', 'ignored', 'server-error'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    const effort = asString(asObject(view.request)?.reasoning_effort)
    if (effort === undefined) return unobserved('the request names no effort')
    const success = status >= 200 && status < 300
    if (known.includes(effort)) {
      const refused = refusal(view)
      if (refused) return violated(refused)
      return success ? held(1) : unobserved(`answered ${status}`)
    }
    if (success) return violated({ code: 'ignored', at: { in: 'status' }, expected: '400', actual: `${status} for ${effort}` })
    if (status >= 500 && !isBusy(status))
      return violated({ code: 'server-error', at: { in: 'status' }, expected: '400', actual: String(status) })
    return status === 400 || status === 422 ? held(1) : unobserved(`answered ${status}`)
  },
})
