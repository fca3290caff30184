import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, verdictOf } from './define-check.ts'
import { asObject, asString, choicesOf } from './read.ts'
import { askedChoices } from './read-chat.ts'
import { argumentsObject } from './tool-arguments.ts'
import { isSuccess, namedCalls } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/function-calling: results are matched to calls by id alone. */
export const toolCallIdUnique = defineCheck({
  id: 'tool-call-id-unique',
  summary: 'no two calls of a run have the same id',
  codes: ['duplicate', 'repeated'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const owners = new Map<string, { readonly view: number; readonly reply: string | undefined }>()
    const violations: Violation[] = []
    let seen = 0
    for (const [number, view] of views.entries()) {
      if (!isSuccess(view) || violations.length >= 20) continue
      const reply = asString(asObject(view.completion)?.id)
      // a choice that nobody asked for is a defect of its own, and copies its calls
      const asked = choicesOf(view).slice(0, askedChoices(view))
      for (const { choice, id, pointer, arguments: text } of namedCalls(view)) {
        if (!id || !asked.includes(choice)) continue
        seen++
        const owner = owners.get(id)
        if (!owner) {
          owners.set(id, { view: number, reply })
          continue
        }
        const at = inCompletion(`${pointer}/id`)
        if (owner.view === number) {
          // In a stream one id at two indexes may be one call that moved; index-identity tells the two apart.
          if (!view.streamed || text === undefined || text === '' || argumentsObject(text)) {
            violations.push({ code: 'duplicate', at, view: number, expected: 'an id of its own', actual: id })
          }
          // A whole reply that comes again comes from a cache, with its calls.
        } else if (reply === undefined || reply !== owner.reply) {
          violations.push({ code: 'repeated', at, view: number, expected: 'an id not used by an earlier reply', actual: id })
        }
      }
    }
    return verdictOf(violations, seen > 1 ? seen : 0, 'fewer than two calls with an id were seen')
  },
})
