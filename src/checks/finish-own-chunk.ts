import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { eachChoice } from './read.ts'
import { payloadOf } from './read-chat.ts'

export const finishOwnChunk = defineCheck({
  id: 'finish-own-chunk',
  summary: 'the chunk that finishes a choice has an empty delta',
  codes: ['payload'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const finishes = new Map<number, { count: number; violation: Violation | undefined }>()
    eachChoice(view, ({ event, pointer, index, delta, finish }) => {
      if (typeof finish !== 'string' || finish === '') return
      const entry = finishes.get(index) ?? { count: 0, violation: undefined }
      finishes.set(index, entry)
      entry.count++
      const member = payloadOf(delta)
      if (!member || entry.count > 1) return
      entry.violation = { code: 'payload', at: at(event, `${pointer}/delta/${member}`), expected: 'an empty delta', actual: member }
    })
    // a choice that finishes more than once is another defect
    const once = [...finishes.values()].filter(({ count }) => count === 1)
    const violations = once.map(({ violation }) => violation).filter((violation) => violation !== undefined)
    return verdictOf(violations.slice(0, 20), once.length, 'no choice finished once')
  },
})
