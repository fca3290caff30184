import type { View, Violation } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { lackEnvelope, situationOf } from './error-situation.ts'
import { envelopeViolation, errorOf } from './failure.ts'
import { show } from './read.ts'

/** Judged over the run: where no refusal has the envelope, its absence here is not another defect. */
export const refusedKeyBody = defineCheck({
  id: 'refused-key-body',
  summary: 'a refused key is answered with the error envelope and its code',
  codes: ['not-json', 'not-object', 'no-envelope', 'no-code', 'other-code'],
  needs: 'any',
  over: 'run',
  judge(views, _, { traits }) {
    const refused = views
      .map((view, index) => ({ view, index }))
      .filter(({ view }) => view.response.end === 'complete' && situationOf(view, traits) === 'refused-key')
    if (refused.length === 0) return unobserved('no key was refused with 401')
    if (lackEnvelope(views, traits)) return unobserved('refusals have no envelope at all')
    const notes: Violation[] = []
    for (const { view, index } of refused) {
      const violation = envelopeViolation(view) ?? codeViolation(view)
      if (violation?.code === 'other-code') notes.push({ ...violation, view: index })
      else if (violation) return violated({ ...violation, view: index })
    }
    return held(refused.length, notes.slice(0, 1))
  },
})

/** A code that is absent or no string is a defect of the member. */
const codeViolation = (view: View): Violation | undefined => {
  const code = errorOf(view)?.code
  if (view.auth !== 'wrong' || code === 'invalid_api_key' || (code !== null && typeof code !== 'string')) return undefined
  const isEmpty = code === null || code === ''
  return { code: isEmpty ? 'no-code' : 'other-code', at: inBody('/error/code'), expected: '"invalid_api_key"', actual: show(code) }
}
