import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asInteger, asObject, choicesOf, show } from './read.ts'
import { contentOf } from './read-chat.ts'

/** Equal answers are told and never demanded: batching may change them. */
export const seedRepeats = defineCheck({
  id: 'seed-repeats',
  summary: 'a seed is accepted',
  codes: ['refused', 'differs'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const { status } = subject.response
    const seed = asInteger(asObject(subject.request)?.seed)
    if (seed === undefined) return unobserved('the request has no seed')
    if (status === 400 || status === 422)
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
    if (!isSuccess(subject)) return unobserved(`answered ${status}`)
    const [one, other] = [contentOf(choicesOf(views[0])[0]), contentOf(choicesOf(subject)[0])]
    if (views.length < 2 || one === undefined || other === undefined || one === other) return held(1)
    return held(1, [{ code: 'differs', at: inCompletion('/choices/0/message/content'), expected: show(one), actual: show(other) }])
  },
})
