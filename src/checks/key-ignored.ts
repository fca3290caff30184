import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { headerValue } from './read.ts'

/** For endpoints without a key: the SDKs send some key always. */
export const keyIgnored = defineCheck({
  id: 'key-ignored',
  summary: 'an open endpoint accepts any Authorization header',
  codes: ['refused'],
  needs: 'any',
  over: 'run',
  judge(views) {
    if (!views.some(isSuccess)) return unobserved('no request succeeded')
    const carrying = views
      .map((view, index) => ({ view, index }))
      .filter(({ view }) => headerValue(view.requestHeaders, 'authorization') !== undefined)
    const refused = carrying.find(
      ({ view: { breaks, response } }) =>
        (breaks === undefined || breaks === 'key') && (response.status === 401 || response.status === 403),
    )
    if (refused)
      return violated({
        code: 'refused',
        at: { in: 'status' },
        expected: '2xx',
        actual: String(refused.view.response.status),
        view: refused.index,
      })
    const successes = carrying.filter(({ view }) => isSuccess(view)).length
    return successes > 0 ? held(successes) : unobserved('no Authorization header was sent')
  },
})
