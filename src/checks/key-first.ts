import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy } from './failure.ts'

/** The first step is sound but for its key, so that a server that never answers 401 is not blamed twice. */
export const keyFirst = defineCheck({
  id: 'key-first',
  summary: 'without a key neither the body nor the model is looked at',
  codes: ['validated-first'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const [sound] = views
    const subject = views[views.length - 1] as View
    if (subject === sound) return unobserved('no step to compare with')
    if (sound.response.status !== 401) return unobserved(`a sound request without a key was answered ${sound.response.status}`)
    const { status } = subject.response
    if (status === 401 || status === 403) return held(1)
    if (isBusy(status)) return unobserved(`answered ${status}`)
    return violated({ code: 'validated-first', at: { in: 'status' }, expected: '401', actual: String(status) })
  },
})
