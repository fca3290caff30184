import type { View, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isFlat, schemaProblemCodes, validateFlat } from './flat-schema.ts'
import { asArray, asObject } from './read.ts'
import { argumentsObject } from './tool-arguments.ts'
import { isStringified } from './tool-nested-values.ts'
import { functionsOf, isFinished, isSuccess, mustCall, namedCalls, toolChoiceOf } from './tool-request.ts'

/** https://github.com/MoonshotAI/Kimi-Vendor-Verifier: the share of calls whose arguments fit the schema tells parsers apart. */
export const toolCallSchema = defineCheck({
  id: 'tool-call-schema',
  summary: 'arguments fit the flat schema that was declared',
  codes: schemaProblemCodes,
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const functions = functionsOf(view)
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    // the values of a call that the prompt did not ask for were left to the model
    if (isUncalledFor(view)) return unobserved('the prompt asks for a word and no call')
    const violations: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name, arguments: text } of namedCalls(view)) {
      const declared = functions.get(name)
      const value = argumentsObject(text)
      // Strict functions have a rule of their own, which tolerates nothing.
      if (!declared || declared.strict === true || !value || !isFinished(choice) || !isFlat(declared.parameters)) continue
      seen++
      for (const { code, property, expected, actual } of validateFlat(declared.parameters, value)) {
        // a list or object as text has a rule of its own
        if (code === 'wrong-type' && isNested(expected) && isStringified(value[property])) continue
        if (violations.length < 20) violations.push({ code, at: inCompletion(`${pointer}/function/arguments`), expected, actual })
      }
    }
    return verdictOf(violations, seen, 'no finished call of a function with a flat schema')
  },
})

const isUncalledFor = (view: View): boolean => {
  const prompt = asArray(asObject(view.request)?.messages)
    ?.map(asObject)
    .findLast((message) => message?.role === 'user')?.content
  return typeof prompt === 'string' && prompt.startsWith('Reply with the single word') && !mustCall(toolChoiceOf(view))
}

const isNested = (types: string): boolean => types === 'array' || types === 'object'
