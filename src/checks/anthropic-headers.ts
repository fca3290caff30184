import type { View } from '../types.ts'
import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { errorOf } from './failure.ts'
import { headerValue, show } from './read.ts'

export const anthropicHeaders = defineCheck({
  id: 'anthropic-headers',
  summary: 'x-api-key and anthropic-version are accepted, and answers have a request-id',
  codes: ['refused', 'no-request-id'],
  needs: 'any',
  over: 'exchange',
  judge([view], _, { traits }) {
    const { status, headers } = view.response
    // a token of Entra belongs into Authorization, and is refused elsewhere with good reason
    const refusesKey = view.auth === 'x-api-key' && (status === 401 || status === 403) && !traits.has('entra-token')
    if (refusesKey || refusesVersion(view))
      return violated({
        code: 'refused',
        at: { in: 'status' },
        expected: '2xx',
        actual: `${status} for ${refusesKey ? 'x-api-key' : 'anthropic-version'}`,
      })
    const id = headerValue(headers, 'request-id')
    if (id?.trim()) return held(1)
    // a proxy in front answers for itself
    if (status >= 500 || status === 429) return unobserved(`answered ${status}`)
    return violated({
      code: 'no-request-id',
      at: inHeader('request-id'),
      expected: 'an id',
      actual: id === undefined ? 'absent' : show(id),
    })
  },
})

/** A refusal that is about the header itself, and not about some member that another version knows. */
const refusesVersion = (view: View): boolean => {
  if (view.breaks !== undefined || view.response.status !== 400) return false
  return (
    /^[^:]{0,40}anthropic-version/i.test(String(errorOf(view)?.message)) &&
    headerValue(view.requestHeaders, 'anthropic-version') !== undefined
  )
}
