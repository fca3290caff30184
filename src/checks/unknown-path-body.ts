import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { lackEnvelope, situationOf } from './error-situation.ts'
import { envelopeViolation } from './failure.ts'

/** Judged over the run: where no refusal has the envelope, its absence here is not another defect. */
export const unknownPathBody = defineCheck({
  id: 'unknown-path-body',
  summary: 'the 404 of an unknown path has the error envelope',
  codes: ['not-json', 'not-object', 'no-envelope'],
  needs: 'any',
  over: 'run',
  judge(views, _, { traits }) {
    const index = views.findIndex((view) => view.response.end === 'complete' && situationOf(view, traits) === 'unknown-path')
    const view = views[index]
    if (!view) return unobserved('no unknown path was answered 404')
    if (lackEnvelope(views, traits)) return unobserved('refusals have no envelope at all')
    const violation = envelopeViolation(view)
    return violation ? violated({ ...violation, view: index }) : held(1)
  },
})
