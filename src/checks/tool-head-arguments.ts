import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { asObject, show } from './read.ts'
import { isSuccess } from './tool-request.ts'
import { soundReplies, type ToolDelta } from './tool-stream.ts'

/** OpenAI sends an empty string; its schema makes the member optional, so that its absence is legal. */
export const toolHeadArguments = defineCheck({
  id: 'tool-head-arguments',
  summary: 'the first delta of a call has arguments, be it an empty string',
  codes: ['absent'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      for (const [head] of reply.calls.values() as Iterable<readonly [ToolDelta]>) {
        const own = asObject(head.entry.function)
        if (!own) continue
        seen++
        if (typeof own.arguments === 'string' || violations.length >= 20) continue
        // any other type is the schema's business
        if (own.arguments !== undefined && own.arguments !== null) continue
        violations.push({
          code: 'absent',
          at: at(head.event, `${head.pointer}/function/arguments`),
          expected: '""',
          actual: show(own.arguments),
        })
      }
    }
    return verdictOf(violations, seen, 'no call with a function')
  },
})
