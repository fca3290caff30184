import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { type Situation, situationOf } from './error-situation.ts'
import { envelopeViolation } from './failure.ts'

/** The argument picks the failures that the requirement is about; all others are owned elsewhere. */
export const errorEnvelope = defineCheck<{ readonly of: Extract<Situation, 'refusal' | 'server-fault'> }>({
  id: 'error-envelope',
  summary: 'the body of a failure is a JSON object whose error member is an object',
  codes: ['not-json', 'not-object', 'no-envelope'],
  needs: 'complete',
  over: 'exchange',
  args: {
    type: 'object',
    required: ['of'],
    additionalProperties: false,
    properties: { of: { enum: ['refusal', 'server-fault'] } },
  },
  judge([view], { of }, { traits }) {
    if (situationOf(view, traits) !== of) return unobserved(`answered ${view.response.status}, which is no ${of}`)
    const violation = envelopeViolation(view)
    return violation ? violated(violation) : held(1)
  },
})
