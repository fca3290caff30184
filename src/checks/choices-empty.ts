import type { JsonObject, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asArray } from './read.ts'
import { eachChunk, wantsUsage } from './read-chat.ts'

/** Members that every chunk may have; anything else with a value is what the chunk was sent for. */
const ordinary = new Set(['id', 'object', 'created', 'model', 'choices', 'system_fingerprint', 'service_tier', 'obfuscation'])

export const choicesEmpty = defineCheck({
  id: 'choices-empty',
  summary: 'only chunks that carry something else have no choices',
  codes: ['empty'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const violations: Violation[] = []
    let subjects = 0
    eachChunk(view, (chunk, event) => {
      const choices = asArray(chunk.choices)
      if (!choices) return
      subjects++
      // where usage was asked for, a chunk with a null in its place has that defect and not this one
      const forUsage = chunk.usage === null && wantsUsage(view)
      if (choices.length > 0 || forUsage || carriesSomething(chunk) || violations.length >= 20) return
      violations.push({ code: 'empty', at: at(event, '/choices'), expected: 'a choice, or usage', actual: '[]' })
    })
    return verdictOf(violations, subjects, 'no chunk with choices')
  },
})

const carriesSomething = (chunk: JsonObject): boolean => {
  for (const member in chunk) if (!ordinary.has(member) && chunk[member] !== null && chunk[member] !== undefined) return true
  return false
}
