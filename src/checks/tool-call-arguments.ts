import type { Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { argumentsProblem, isNothingAsNull, needsNoArguments } from './tool-arguments.ts'
import { functionsOf, isFinished, isSuccess, namedCalls } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionMessageToolCall */
export const toolCallArguments = defineCheck({
  id: 'tool-call-arguments',
  summary: 'the arguments of a call are one JSON object as text',
  codes: ['empty', 'not-json', 'not-object', 'double-encoded', 'trailing'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    // How a stream puts its fragments together has a check of its own.
    if (!isSuccess(view) || view.streamed) return unobserved('not a JSON reply')
    const functions = functionsOf(view)
    const violations: Violation[] = []
    const notes: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name, arguments: text } of namedCalls(view)) {
      if (typeof text !== 'string' || !isFinished(choice) || isNothingAsNull(text, functions.get(name))) continue
      seen++
      const problem = argumentsProblem(text)
      if (!problem) continue
      const violation = {
        code: problem,
        at: inCompletion(`${pointer}/function/arguments`),
        expected: 'one JSON object',
        actual: show(text),
      }
      if (problem === 'empty' && (needsNoArguments(functions.get(name)) || !functions.has(name))) notes.push(violation)
      else violations.push(violation)
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen, notes) : unobserved('no finished call with arguments')
  },
})
