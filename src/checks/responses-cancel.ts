import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { isBusy, isSuccess } from './failure.ts'
import { asObject, asString, show } from './read.ts'

/** Steps: create, cancel. What has already finished in the background keeps its terminal status. */
export const responsesCancel = defineCheck({
  id: 'responses-cancel',
  summary: 'a background reply can be cancelled, another cannot',
  codes: ['accepted', 'status', 'not-cancelled'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const [created] = views
    const last = views[views.length - 1] as View
    const { status } = last.response
    if (created === last || !isSuccess(created)) return unobserved('nothing to cancel')
    if (asObject(created.request)?.background !== true) {
      if (status === 400) return held(1)
      if (isSuccess(last)) return violated({ code: 'accepted', at: { in: 'status' }, expected: '400', actual: String(status) })
      const absent = status === 404 || status === 405 || status === 501 || isBusy(status) || status === 401 || status === 403
      return absent
        ? unobserved(`answered ${status}`)
        : violated({ code: 'status', at: { in: 'status' }, expected: '400', actual: String(status) })
    }
    if (!isSuccess(last)) return unobserved(`answered ${status}`)
    const state = asObject(last.json)?.status
    if (['cancelled', 'completed', 'incomplete', 'failed'].includes(asString(state) ?? '')) return held(1)
    return violated({ code: 'not-cancelled', at: inBody('/status'), expected: '"cancelled"', actual: show(state) })
  },
})
