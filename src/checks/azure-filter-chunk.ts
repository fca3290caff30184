import type { Violation } from '../types.ts'
import { at, defineCheck, held, unobserved, verdictOf } from './define-check.ts'
import { asArray, asObject, typeName } from './read.ts'

/** Tells whether the chunk of the content filter comes; only the first chunk of a stream may be one. */
export const azureFilterChunk = defineCheck({
  id: 'azure-filter-chunk',
  summary: 'the results of the prompt filter come first, in a chunk without choices',
  codes: ['filter-chunk', 'late', 'repeated', 'form'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const violations: Violation[] = []
    const notes: Violation[] = []
    let position = 0
    let seen = 0
    for (const event of view.events) {
      const chunk = asObject(event.json)
      if (!chunk) continue
      const place = position++
      const results = chunk.prompt_filter_results
      // results beside a choice are members of an ordinary chunk
      if (results === undefined || results === null || asArray(chunk.choices)?.length !== 0) continue
      seen++
      const broken = (code: string, expected: string, actual: string): Violation => ({
        code,
        at: at(event, '/prompt_filter_results'),
        expected,
        actual,
      })
      if (!Array.isArray(results)) violations.push(broken('form', 'an array', typeName(results)))
      else if (seen > 1) violations.push(broken('repeated', 'one such chunk', `chunk ${place + 1}`))
      else if (place > 0) violations.push(broken('late', 'the first chunk', `chunk ${place + 1}`))
      else notes.push({ code: 'filter-chunk', at: at(event), actual: 'a first chunk without choices' })
      if (violations.length >= 5) break
    }
    return violations.length > 0 ? verdictOf(violations, 1, '') : seen > 0 ? held(1, notes) : unobserved('no chunk of the prompt filter')
  },
})
