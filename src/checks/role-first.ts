import type { JsonObject, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, type StreamEntry, show } from './read.ts'
import { eachEntry } from './read-chat.ts'

export const roleFirst = defineCheck({
  id: 'role-first',
  summary: 'the first delta of each choice names the role',
  codes: ['missing', 'late'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const opened = new Map<number, { first: StreamEntry | undefined; named: boolean; late: boolean }>()
    const numbered = eachEntry(view, (entry) => {
      const delta = asObject(entry.choice.delta)
      const choice = opened.get(entry.index)
      if (choice) {
        if (!choice.named && delta?.role === 'assistant') choice.late = true
        return
      }
      // deltas without anything keep a connection busy, and clients pass over them
      if (delta && isBare(delta) && entry.choice.finish_reason === null) return
      // a first delta of another shape, or a role that is another, have requirements of their own
      const judgeable = delta && (delta.role === undefined || delta.role === null || delta.role === 'assistant')
      opened.set(entry.index, { first: judgeable ? entry : undefined, named: delta?.role === 'assistant', late: false })
    })
    const violations: Violation[] = []
    let subjects = 0
    for (const { first, named, late } of opened.values()) {
      // where entries are malformed, the role may be in one of them
      if (!first || !(named || numbered)) continue
      subjects++
      if (named || violations.length >= 20) continue
      const actual = show(asObject(first.choice.delta)?.role)
      violations.push({
        code: late ? 'late' : 'missing',
        at: at(first.event, `${first.pointer}/delta`),
        expected: 'role "assistant"',
        actual,
      })
    }
    return verdictOf(violations, subjects, 'no first delta')
  },
})

const isBare = (delta: JsonObject): boolean => {
  for (const member in delta) if (delta[member] !== null) return false
  return true
}
