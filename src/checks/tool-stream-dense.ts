import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { soundReplies } from './tool-stream.ts'

/** https://github.com/openai/openai-python src/openai/lib/streaming/chat/_completions.py keeps calls in a list by index. */
export const toolStreamDense = defineCheck({
  id: 'tool-stream-dense',
  summary: 'indexes of calls start at 0 and grow by one',
  codes: ['start', 'gap'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      let expected = 0
      for (const [index, [first]] of reply.calls) {
        if (!first) continue
        seen++
        if (index !== expected) {
          const code = expected === 0 ? 'start' : 'gap'
          violations.push({ code, at: at(first.event, `${first.pointer}/index`), expected: String(expected), actual: String(index) })
          break
        }
        expected++
      }
    }
    return verdictOf(violations, seen, 'no tool-call delta with an index')
  },
})
