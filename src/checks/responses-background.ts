import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'

const unfinished = new Set<unknown>(['queued', 'in_progress'])
const finished = new Set<unknown>(['completed', 'incomplete', 'failed', 'cancelled'])

/** Steps: create in the background, then fetch. Without waiting, what is fetched may still be at work. */
export const responsesBackground = defineCheck({
  id: 'responses-background',
  summary: 'a background reply is answered before it is made, and can be fetched',
  codes: ['not-background', 'fetch', 'status'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const [created] = views
    if (!isSuccess(created)) return unobserved('background replies are refused')
    const first = asObject(created.json)?.status
    if (!unfinished.has(first)) {
      return violated({ code: 'not-background', at: inBody('/status'), expected: 'queued or in_progress', actual: show(first), view: 0 })
    }
    if (views.length < 2) return unobserved('not fetched')
    const last = views[views.length - 1] as View
    if (!isSuccess(last)) return violated({ code: 'fetch', at: { in: 'status' }, expected: '200', actual: String(last.response.status) })
    const status = asObject(last.json)?.status
    if (finished.has(status) || unfinished.has(status)) return held(1)
    return violated({ code: 'status', at: inBody('/status'), expected: 'a status of a response', actual: show(status) })
  },
})
