import type { Traits, View } from '../types.ts'
import { defineCheck, unobserved } from './define-check.ts'
import { isSuccess, judgeStatus } from './failure.ts'
import { schemaOutcome } from './structured-schema.ts'

/** A server that never looks at `response_format` refuses no form of it: that is the finding of a good schema, not of this one. */
export const structuredInvalid = defineCheck({
  id: 'structured-invalid',
  summary: 'a response_format that means nothing is refused with 400',
  codes: ['status', 'lenient'],
  needs: 'any',
  over: 'probe',
  judge(views, _, { traits }) {
    const sound = views.filter((view) => view.breaks === undefined)
    const isRefusedToo = sound.length > 0 && sound.every((view) => !isSuccess(view))
    if (isRefusedToo && !isSuccess(views[views.length - 1] as View)) return unobserved('a good one is refused as well')
    const isUnread = views.some((view) => view.breaks === undefined && isIgnored(view, traits))
    if (isUnread) return unobserved('a good schema was not looked at either')
    return judgeStatus(views[views.length - 1] as View, { is: [400], also: [422] })
  },
})

const isIgnored = (view: View, traits: Traits): boolean => {
  if (view.response.end !== 'complete') return false
  const outcome = schemaOutcome(view, traits)
  return outcome.kind === 'violated' && outcome.violations.some(({ code }) => code !== 'encoded' && code !== 'broken')
}
