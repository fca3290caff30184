import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'

/**
 * The first step sends the key as `api-key`, the second as a bearer token. An API key owes the first and a token of Entra the
 * second; that the same key is good the other way tells that it is right, and the header is not.
 */
export const azureCredentials = defineCheck({
  id: 'azure-credentials',
  summary: 'a key in the header api-key authorises, and so does a token of Entra in Authorization',
  codes: ['refused'],
  needs: 'any',
  over: 'probe',
  judge(views, _, { traits }) {
    const own = traits.has('entra-token') ? 1 : 0
    const subject = views[own]
    const other = views[1 - own]
    if (!subject || !other) return unobserved('one of the two was not sent')
    if (isSuccess(subject)) return held(1)
    const { status } = subject.response
    if (!isSuccess(other) || (status !== 401 && status !== 403))
      return unobserved(`answered ${status}, and ${other.response.status} the other way`)
    return violated({
      code: 'refused',
      at: { in: 'status' },
      expected: '2xx',
      actual: `${status} for ${own === 0 ? 'api-key' : 'Authorization'}`,
      view: own,
    })
  },
})
