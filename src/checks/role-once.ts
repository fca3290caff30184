import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { eachChoice } from './read.ts'

export const roleOnce = defineCheck({
  id: 'role-once',
  summary: 'the role of a choice is named once',
  codes: ['repeated'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const named = new Set<number>()
    const repeated = new Set<number>()
    const violations: Violation[] = []
    eachChoice(view, ({ event, pointer, index, delta }) => {
      if (delta.role !== 'assistant') return
      if (!named.has(index)) named.add(index)
      else if (!repeated.has(index) && violations.length < 20) {
        repeated.add(index)
        violations.push({ code: 'repeated', at: at(event, `${pointer}/delta/role`), expected: 'absent', actual: '"assistant"' })
      }
    })
    return verdictOf(violations, named.size, 'no delta with a role')
  },
})
