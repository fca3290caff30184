import type { JsonObject, View, Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { errorOf, isAcceptRefusal, isBusy, isDisguisedFailure, isErrorAsStream } from './failure.ts'
import { show } from './read.ts'

/** The first step asks without `stream`, the last asks the same with it. */
export const errorParity = defineCheck({
  id: 'error-parity',
  summary: 'the same mistake gives the same error with and without stream',
  codes: ['status', 'envelope', 'code'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const [plain] = views
    const streaming = views[views.length - 1] as View
    if (plain === streaming) return unobserved('no step to compare with')
    const [before, after] = [plain.response.status, streaming.response.status]
    if ([before, after].some((status) => isBusy(status) || status === 401 || status === 403))
      return unobserved(`answered ${before} and ${after}`)
    if (isAcceptRefusal(streaming)) return unobserved('streams are refused for their Accept header')
    if (isDisguisedFailure(plain) || isDisguisedFailure(streaming)) return unobserved('a failure was answered with a success status')
    const violations: Violation[] = []
    if (before !== after) violations.push({ code: 'status', at: { in: 'status' }, expected: String(before), actual: String(after) })
    // bodies are compared only where both sides are refusals in plain JSON
    else if (before >= 400 && !isErrorAsStream(streaming)) violations.push(...compareBodies(plain, streaming))
    return verdictOf(violations, 1, '')
  },
})

const compareBodies = (plain: View, streaming: View): readonly Violation[] => {
  const [one, other] = [errorOf(plain), errorOf(streaming)]
  const words = (present: boolean) => (present ? 'the envelope' : 'no envelope')
  if (!one || !other)
    return Boolean(one) === Boolean(other)
      ? []
      : [{ code: 'envelope', at: inBody(), expected: words(Boolean(one)), actual: words(Boolean(other)) }]
  const [members, others] = [membersOf(one), membersOf(other)]
  if (members !== others) return [{ code: 'envelope', at: inBody('/error'), expected: members, actual: others }]
  // a code of another type is a defect of the member
  if (one.code === other.code || !isCode(one.code) || !isCode(other.code)) return []
  return [{ code: 'code', at: inBody('/error/code'), expected: show(one.code), actual: show(other.code) }]
}

const isCode = (value: unknown): boolean => value === null || typeof value === 'string'

const membersOf = (error: JsonObject): string =>
  ['message', 'type', 'param', 'code'].filter((name) => error[name] !== undefined).join(', ') || 'no known member'
