import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isSuccess } from './failure.ts'
import { asObject } from './read.ts'

/** A generation that goes on holds a single-slot server for longer than this; jitter does not. */
const slack = { factor: 3, ms: 3000 }

/** Steps: a plain request, a stream that is left early, and the plain request again. */
export const streamCancel = defineCheck({
  id: 'stream-cancel',
  summary: 'after a stream was left, the next answer comes as quickly as before',
  codes: ['slow', 'unhealthy'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const base = views[0]
    const left = views.find(({ response }) => response.end === 'stopped')
    if (base === subject || !isSuccess(base) || !left || left === subject) return unobserved('no stream was left early')
    const { status, endAtMs } = subject.response
    if (isBusy(status)) return unobserved(`answered ${status}`)
    if (!isSuccess(subject)) {
      return status >= 500
        ? violated({ code: 'unhealthy', at: { in: 'status' }, expected: '200', actual: String(status) })
        : unobserved(`answered ${status}`)
    }
    if (asObject(subject.request)?.stream === true) return unobserved('the last step is a stream')
    const limit = base.response.endAtMs * slack.factor + slack.ms
    if (endAtMs <= limit) return held(1)
    return violated({ code: 'slow', at: { in: 'end' }, expected: `<= ${Math.round(limit)} ms`, actual: `${Math.round(endAtMs)} ms` })
  },
})
