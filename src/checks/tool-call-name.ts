import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { functionsOf, isFinished, isSuccess, mustCall, namedCalls, toolChoiceOf } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/function-calling: clients look the function up by this name. */
export const toolCallName = defineCheck({
  id: 'tool-call-name',
  summary: 'a call names a declared function, character for character',
  codes: ['undeclared'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const declared = [...functionsOf(view).keys()]
    if (!isSuccess(view) || declared.length === 0) return unobserved('the request declares no functions')
    const forced = mustCall(toolChoiceOf(view))
    const violations: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name } of namedCalls(view)) {
      if (declared.includes(name)) {
        seen++
        continue
      }
      // No name at all is the shape's business.
      if (name === '') continue
      // The start of a name is a head that came in pieces (the stream's own rule), or a reply that was cut.
      const begun = declared.some((other) => other.startsWith(name))
      if (begun && (view.streamed || !isFinished(choice))) continue
      // A model may invent a function when it is free to call; what it was made to call, or a declared name in disguise, is not invented.
      if (!forced && !declared.some((other) => resembles(name, other))) continue
      violations.push({
        code: 'undeclared',
        at: inCompletion(`${pointer}/function/name`),
        expected: declared.slice(0, 5).join(' or '),
        actual: show(name),
      })
    }
    return verdictOf(violations, seen, 'no call that can be blamed on the server')
  },
})

const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** What no model invents: the declared name in another spelling, cut, doubled, or with something beside it that no name has. */
const resembles = (name: string, declared: string): boolean => {
  if (letters(name) === letters(declared) || declared.startsWith(name)) return true
  const rest = name.replaceAll(declared, '')
  return rest !== name && (rest === '' || /[^\w-]/.test(rest))
}
