import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { isSuccess } from './tool-request.ts'
import { joinedArguments, soundReplies, type ToolDelta } from './tool-stream.ts'

/** Shorter arguments may well be one token or one network write. */
const longArguments = 200

/** https://platform.openai.com/docs/guides/function-calling, streaming: arguments arrive as they are written. */
export const toolStreamIncremental = defineCheck({
  id: 'tool-stream-incremental',
  summary: 'long arguments come in at least three fragments',
  codes: ['whole'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      for (const deltas of reply.calls.values()) {
        const text = joinedArguments(deltas) ?? ''
        if (text.length < longArguments) continue
        seen++
        const fragments = deltas.filter((delta) => delta.arguments)
        const [first] = fragments as [ToolDelta]
        if (fragments.length >= 3 || violations.length >= 20) continue
        violations.push({
          code: 'whole',
          at: at(first.event, `${first.pointer}/function/arguments`),
          expected: 'at least 3 fragments',
          actual: String(fragments.length),
        })
      }
    }
    return verdictOf(violations, seen, 'no call with long arguments')
  },
})
