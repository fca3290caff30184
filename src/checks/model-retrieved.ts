import type { Outcome, View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { envelopeViolation, isSuccess, judgeStatus } from './failure.ts'
import { decoded } from './model-id-usable.ts'
import { asObject, show } from './read.ts'

/** Of an id that exists, and, when the step is broken on purpose, of one that does not. */
export const modelRetrieved = defineCheck({
  id: 'model-retrieved',
  summary: 'a model is found by its id, and an unknown id is answered 404 with the envelope',
  codes: ['object', 'id', 'status', 'not-json', 'not-object', 'no-envelope', 'single-model'],
  needs: 'complete',
  over: 'probe',
  judge(views, _, { traits }) {
    const subject = views[views.length - 1] as View
    const id = /^GET \/models\/(.+)$/.exec(subject.endpoint)?.[1]
    if (id === undefined) return unobserved('no model was retrieved')
    if (subject.breaks === undefined) return judgeModel(subject, decoded(id))
    const known = views.find((view) => view.breaks === undefined && view.endpoint.startsWith('GET /models/'))
    if (known && !isSuccess(known)) return unobserved('models cannot be retrieved here')
    const outcome = judgeStatus(subject, { is: [404] })
    if (isSuccess(subject) && outcome.kind === 'violated' && traits.has('single-model')) return held(1, [{ ...outcome.violations[0], code: 'single-model' }])
    const violation = outcome.kind === 'held' ? envelopeViolation(subject) : undefined
    return violation ? violated(violation) : outcome
  },
})

const judgeModel = (view: View, id: string): Outcome => {
  const model = isSuccess(view) ? asObject(view.json) : undefined
  if (!model) return unobserved(`answered ${view.response.status} without a model`)
  if (model.object !== 'model') return violated({ code: 'object', at: inBody('/object'), expected: '"model"', actual: show(model.object) })
  return model.id === id ? held(1) : violated({ code: 'id', at: inBody('/id'), expected: show(id), actual: show(model.id) })
}
