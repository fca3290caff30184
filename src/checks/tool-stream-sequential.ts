import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { soundReplies } from './tool-stream.ts'

/** https://github.com/openai/openai-node src/lib/ChatCompletionStream.ts takes a call for finished when the next one starts. */
export const toolStreamSequential = defineCheck({
  id: 'tool-stream-sequential',
  summary: 'a call gets no more deltas once a later one has started',
  codes: ['interleaved'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      if (reply.calls.size > 1) seen += reply.calls.size
      let highest = -1
      const started = new Set<number>()
      for (const delta of reply.deltas) {
        // A new call at a lower index is out of order, which is the rule about dense indexes.
        if (delta.index < highest && started.has(delta.index)) {
          violations.push({
            code: 'interleaved',
            at: at(delta.event, `${delta.pointer}/index`),
            expected: `at least ${highest}`,
            actual: String(delta.index),
          })
          break
        }
        started.add(delta.index)
        highest = Math.max(highest, delta.index)
      }
    }
    return verdictOf(violations, seen, 'no stream with several calls')
  },
})
