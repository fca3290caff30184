import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { confusedCalls, streamedCalls } from './tool-stream.ts'

/** https://github.com/openai/openai-node src/lib/ChatCompletionStream.ts finds the call of a delta by its index alone. */
export const toolStreamIdentity = defineCheck({
  id: 'tool-stream-identity',
  summary: 'one index stands for one call',
  codes: ['reused', 'id-changed', 'moved'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? streamedCalls(view) : []) {
      seen += reply.calls.size
      const [found] = [...confusedCalls(reply).values()]
      if (!found) continue
      const { code, delta, was } = found
      violations.push(
        code === 'moved'
          ? { code, at: at(delta.event, `${delta.pointer}/index`), expected: was, actual: String(delta.index) }
          : { code, at: at(delta.event, `${delta.pointer}/id`), expected: was, actual: delta.id ?? '' },
      )
    }
    return verdictOf(violations, seen, 'no tool-call delta with an index')
  },
})
