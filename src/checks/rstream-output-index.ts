import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { readResponses } from './read-responses.ts'

/** That the member is there and an integer is said by the schema. */
export const rstreamOutputIndex = defineCheck({
  id: 'rstream-output-index',
  summary: 'output indexes count from 0, and each belongs to one item',
  codes: ['not-dense', 'reused', 'different'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream) return unobserved('not a stream')
    if (stream.damaged) return unobserved('events were lost below the grammar')
    const found: Violation[] = []
    if (stream.misplaced)
      found.push({ code: 'different', at: at(stream.misplaced, '/output_index'), expected: 'the index under which its item was added' })
    if (stream.reused) found.push({ code: 'reused', at: at(stream.reused, '/output_index'), expected: 'a new index for a new item' })
    // indexes are counted by their first mention: an item that was never announced is the finding of another requirement
    let expected = 0
    for (const { index, first } of stream.misplaced || stream.reused ? [] : stream.items.values()) {
      if (index !== expected) {
        found.push({ code: 'not-dense', at: at(first, '/output_index'), expected: String(expected), actual: String(index) })
        break
      }
      expected++
    }
    return verdictOf(found, stream.items.size, 'no item was streamed')
  },
})
