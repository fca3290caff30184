import type { JsonObject, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asInteger, asObject, choicesOf, show } from './read.ts'
import { contentOf } from './read-chat.ts'

export const logprobsEntries = defineCheck({
  id: 'logprobs-entries',
  summary: 'log probabilities that were asked for come with each token',
  codes: ['ignored', 'empty', 'token', 'logprob', 'bytes', 'top'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    if (request?.logprobs !== true) return unobserved('no log probabilities were asked for')
    if (!isSuccess(view) || isDisguisedFailure(view)) return unobserved(`answered ${view.response.status}`)
    const top = asInteger(request.top_logprobs) ?? 0
    const violations: Violation[] = []
    let subjects = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      if (!contentOf(choice)) continue
      const pointer = `/choices/${position}/logprobs`
      // another type than an object is the schema's business
      if (choice.logprobs !== undefined && choice.logprobs !== null && !asObject(choice.logprobs)) continue
      const content = asObject(choice.logprobs)?.content
      const entries = asArray(content)
      if (!entries) {
        if (content === undefined || content === null)
          violations.push({ code: 'ignored', at: inCompletion(pointer), expected: 'content', actual: show(choice.logprobs) })
        continue
      }
      if (entries.length === 0)
        violations.push({ code: 'empty', at: inCompletion(`${pointer}/content`), expected: 'entries', actual: '[]' })
      for (let index = 0; index < entries.length && violations.length < 20; index++) {
        subjects++
        for (const [code, member, value] of faultsOf(asObject(entries[index]), top)) {
          violations.push({ code, at: inCompletion(`${pointer}/content/${index}/${member}`), expected: forms[code], actual: show(value) })
        }
      }
    }
    return verdictOf(violations, subjects, 'no text that could have log probabilities')
  },
})

type Code = 'token' | 'logprob' | 'bytes' | 'top'
const forms: Readonly<Record<Code, string>> = {
  token: 'a string',
  logprob: 'a number <= 0',
  bytes: 'a list of bytes, or null',
  top: 'as many alternatives as asked for at most, of the same form',
}

const isLogprob = (value: unknown): boolean => typeof value === 'number' && value <= 1e-6
const isByte = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255

const faultsOf = (entry: JsonObject | undefined, top: number): [Code, string, unknown][] => {
  if (!entry) return [['token', 'token', undefined]]
  const faults: [Code, string, unknown][] = []
  const { token, logprob, bytes } = entry
  if (typeof token !== 'string') faults.push(['token', 'token', token])
  if (!isLogprob(logprob)) faults.push(['logprob', 'logprob', logprob])
  if (bytes !== null && !asArray(bytes)?.every(isByte)) faults.push(['bytes', 'bytes', bytes])
  const alternatives = asArray(entry.top_logprobs)
  const wellFormed = alternatives?.every((each) => typeof asObject(each)?.token === 'string' && isLogprob(asObject(each)?.logprob))
  // without top_logprobs in the request the list may be left out
  if (alternatives ? alternatives.length > Math.max(top, 0) || !wellFormed : top > 0)
    faults.push(['top', 'top_logprobs', entry.top_logprobs])
  return faults
}
