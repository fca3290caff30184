import type { JsonObject, Outcome, Violation } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf, messageViolation } from './failure.ts'
import { asObject, show, typeName } from './read.ts'

type Member = 'message' | 'type' | 'param' | 'code'

/** Judges one member of the error object, given the envelope: without it there is nothing to look at. */
export const errorMember = defineCheck<{ readonly member: Member }>({
  id: 'error-member',
  summary: 'a member of the error object is there and has its type',
  codes: ['no-message', 'missing', 'type', 'empty', 'textual-null', 'other-type'],
  needs: 'complete',
  over: 'exchange',
  args: {
    type: 'object',
    required: ['member'],
    additionalProperties: false,
    properties: { member: { enum: ['message', 'type', 'param', 'code'] } },
  },
  judge([view], { member }, { traits }) {
    const { status } = view.response
    if (status < 400) return unobserved(`answered ${status}`)
    const error = errorOf(view)
    if (!error) return unobserved('no error envelope')
    if (member === 'message') {
      const violation = messageViolation(error)
      return violation ? violated(violation) : held(1)
    }
    if (traits.has('azure') && isFromGateway(error, member)) return unobserved('the gateway of Azure tells code and message only')
    return judgeMember(error, member, status)
  },
})

/**
 * Azure answers from two layers: its gateway says `{code, message}`, and its filter `type: null`.
 * https://learn.microsoft.com/en-us/azure/ai-services/openai/concepts/content-filter
 */
const isFromGateway = ({ type, code, param, innererror }: JsonObject, member: Exclude<Member, 'message'>): boolean =>
  (typeof code === 'string' || asObject(innererror) !== undefined) &&
  (member === 'type' ? type === undefined || type === null : member === 'param' && param === undefined)

const judgeMember = (error: JsonObject, member: Exclude<Member, 'message'>, status: number): Outcome => {
  const value = error[member]
  const broken = (code: string, expected: string, actual = show(value)): Violation => ({
    code,
    at: inBody(`/error/${member}`),
    expected,
    actual,
  })
  const expected = member === 'type' ? 'a string' : 'a string or null'
  if (value === undefined) return violated(broken('missing', expected))
  if (value === null && member !== 'type') return held(1)
  if (typeof value !== 'string') return violated(broken('type', expected, typeName(value)))
  if (value === '' && member !== 'code') return violated(broken('empty', 'a non-empty string'))
  // what Python writes when null was meant
  if (member === 'param' && (value === 'None' || value === 'null')) return violated(broken('textual-null', 'null'))
  const callerMistake = status === 400 || status === 404 || status === 422
  const other = member === 'type' && callerMistake && value !== 'invalid_request_error'
  return held(1, other ? [broken('other-type', '"invalid_request_error"')] : [])
}
