import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { soundReplies, type ToolDelta } from './tool-stream.ts'

/** https://github.com/openai/openai-python/issues/3201: two entries that open one call in one chunk are put together wrongly. */
export const toolStreamOneEntry = defineCheck({
  id: 'tool-stream-one-entry',
  summary: 'a chunk has at most one entry for an index',
  codes: ['duplicate-index'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      seen += reply.deltas.length
      let previous: ToolDelta | undefined
      let inChunk = new Set<number>()
      for (const delta of reply.deltas) {
        if (delta.event !== previous?.event) inChunk = new Set()
        if (inChunk.has(delta.index) && violations.length < 20) {
          violations.push({
            code: 'duplicate-index',
            at: at(delta.event, `${delta.pointer}/index`),
            expected: 'one entry for the index',
            actual: String(delta.index),
          })
        }
        inChunk.add(delta.index)
        previous = delta
      }
    }
    return verdictOf(violations, seen, 'no tool-call delta with an index')
  },
})
