import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { blindness, orderedItems, readResponses, strayPart } from './read-responses.ts'

/** That the member is there and an integer is said by the schema. */
export const rstreamContentIndex = defineCheck({
  id: 'rstream-content-index',
  summary: 'content indexes count from 0 within an item',
  codes: ['not-dense', 'different'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    const found: Violation[] = []
    let subjects = 0
    for (const item of orderedItems(stream)) {
      const stray = strayPart(item)
      if (stray) {
        found.push({
          code: 'different',
          at: at(stray.first, '/content_index'),
          expected: 'an index that was added',
          actual: String(stray.index),
        })
        continue
      }
      let expected = 0
      for (const { index, first } of item.parts.values()) {
        subjects++
        if (index === expected++) continue
        found.push({ code: 'not-dense', at: at(first, '/content_index'), expected: String(expected - 1), actual: String(index) })
        break
      }
    }
    return verdictOf(found.slice(0, 20), subjects, 'no part was streamed')
  },
})
