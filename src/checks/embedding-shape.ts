import type { Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { entriesOf, inputOf, inputsAsked } from './read-embeddings.ts'

/** The members are in the schema. Several texts at once have a rule of their own. */
export const embeddingShape = defineCheck({
  id: 'embedding-shape',
  summary: 'one input gives one entry with index 0',
  codes: ['count', 'index'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const data = asArray(asObject(view.json)?.data)
    if (!data) return unobserved('no list of embeddings')
    const asked = inputsAsked(view)
    const isBatch = (asArray(inputOf(view)) ?? []).some((input) => typeof input !== 'number')
    const violations: Violation[] = []
    if (!isBatch && asked === 1) {
      if (data.length !== 1) violations.push({ code: 'count', at: inBody('/data'), expected: '1 entry', actual: `${data.length} entries` })
      const [first] = entriesOf(view)
      if (data.length === 1 && first?.index !== undefined && first.index > 0)
        violations.push({ code: 'index', at: inBody('/data/0/index'), expected: '0', actual: String(first.index) })
    }
    return verdictOf(violations, data.length, 'no entries')
  },
})
