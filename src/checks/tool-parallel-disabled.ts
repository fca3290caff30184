import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { isSuccess, namedCalls } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ParallelToolCalls */
export const toolParallelDisabled = defineCheck({
  id: 'tool-parallel-disabled',
  summary: 'parallel_tool_calls: false means at most one call in a reply',
  codes: ['ignored'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view) || asObject(view.request)?.parallel_tool_calls !== false) return unobserved('parallel calls are not switched off')
    const output = asArray(asObject(view.completion)?.output)
    const replies = new Map<unknown, string[]>()
    if (output) {
      output.forEach((item, position) => {
        if (asObject(item)?.type === 'function_call') replies.set(output, [...(replies.get(output) ?? []), `/output/${position}`])
      })
    } else for (const { choice, pointer } of namedCalls(view)) replies.set(choice, [...(replies.get(choice) ?? []), pointer])
    const violations: Violation[] = []
    for (const pointers of replies.values()) {
      const second = pointers[1]
      if (second !== undefined)
        violations.push({ code: 'ignored', at: inCompletion(second), expected: 'one call', actual: `${pointers.length} calls` })
    }
    return verdictOf(violations, replies.size, 'the model called nothing')
  },
})
