import type { Traits, View, Violation } from '../types.ts'
import { defineCheck, inBody, verdictOf } from './define-check.ts'
import { lackEnvelope } from './error-situation.ts'
import { envelopeViolation, errorOf, isSuccess, judgeStatus } from './failure.ts'
import { decoded } from './model-id-usable.ts'
import { asObject, asString, show } from './read.ts'

/**
 * Of ids that exist, and, where a step is broken on purpose, of one that does not.
 * Judged over the run: where no refusal has the envelope, its absence here is not another defect.
 */
export const modelRetrieved = defineCheck({
  id: 'model-retrieved',
  summary: 'a model is found by its id, and an unknown id is answered 404 with the envelope',
  codes: ['object', 'id', 'not-found', 'status', 'not-json', 'not-object', 'no-envelope'],
  needs: 'any',
  over: 'run',
  judge(views, _, { traits }) {
    const asked = views
      .map((view, index) => ({ view, index, id: idOf(view) }))
      .filter(({ view, id }) => id !== undefined && view.response.end === 'complete')
    const isServed = asked.some(({ view }) => view.breaks === undefined && isSuccess(view))
    const violations: Violation[] = []
    let seen = 0
    for (const { view, index, id = '' } of asked) {
      if (view.breaks === undefined ? !isSuccess(view) && !isMissing(view, id) : !isServed) continue
      seen++
      const violation = view.breaks === undefined ? modelViolation(view, id) : unknownViolation(view, views, traits)
      if (violation) violations.push({ ...violation, view: index })
    }
    return verdictOf(violations, seen, asked.length === 0 ? 'no model was retrieved' : 'models cannot be retrieved here')
  },
})

const idOf = ({ endpoint }: View): string | undefined => {
  const id = /^GET \/models\/(.+)$/.exec(endpoint)?.[1]
  return id === undefined ? undefined : decoded(id)
}

/** The words of a lookup that failed, and not of a router that knows no such path. */
const isMissing = (view: View, id: string): boolean => {
  const error = view.response.status === 404 ? errorOf(view) : undefined
  const message = asString(error?.message) ?? ''
  return error?.code === 'model_not_found' || (message.includes(id) && !message.includes('/models'))
}

const modelViolation = (view: View, id: string): Violation | undefined => {
  if (!isSuccess(view)) return { code: 'not-found', at: { in: 'status' }, expected: show(id), actual: String(view.response.status) }
  const model = asObject(view.json)
  if (!model) return undefined
  if (model.object !== 'model') return { code: 'object', at: inBody('/object'), expected: '"model"', actual: show(model.object) }
  return model.id === id ? undefined : { code: 'id', at: inBody('/id'), expected: show(id), actual: show(model.id) }
}

const unknownViolation = (view: View, views: readonly View[], traits: Traits): Violation | undefined => {
  if (isSuccess(view) && traits.has('single-model')) return undefined
  const outcome = judgeStatus(view, { is: [404] })
  if (outcome.kind === 'violated') return outcome.violations[0]
  return outcome.kind === 'held' && !lackEnvelope(views, traits) ? envelopeViolation(view) : undefined
}
