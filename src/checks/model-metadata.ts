import type { Violation } from '../types.ts'
import { defineCheck, inBody, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, show } from './read.ts'

/** Names under which servers are known to publish limits. */
const limits = [
  'max_model_len',
  'context_length',
  'context_window',
  'max_context_length',
  'max_input_tokens',
  'max_output_tokens',
  'max_completion_tokens',
  'n_ctx_train',
  'n_ctx',
]
const maxEntries = 200

export const modelMetadata = defineCheck({
  id: 'model-metadata',
  summary: 'published limits are positive integers',
  codes: ['limit'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const entries = isSuccess(view) ? asArray(asObject(view.json)?.data) : undefined
    const violations: Violation[] = []
    let seen = 0
    for (const [index, entry] of (entries ?? []).slice(0, maxEntries).entries()) {
      const own = asObject(entry)
      const places = { '': own, '/meta': asObject(own?.meta) }
      for (const [pointer, object] of Object.entries(places)) {
        for (const name of limits) {
          const value = object?.[name]
          if (value === undefined || value === null) continue
          seen++
          if (Number.isInteger(value) && (value as number) > 0) continue
          const at = inBody(`/data/${index}${pointer}/${name}`)
          violations.push({ code: 'limit', at, expected: 'a positive integer', actual: show(value) })
        }
      }
    }
    return verdictOf(violations.slice(0, 10), seen, 'no limits are published')
  },
})
