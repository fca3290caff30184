import type { JsonObject, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asObject, asString, show } from './read.ts'
import { argumentsObject } from './tool-arguments.ts'
import { functionsOf, isFinished, isSuccess, namedCalls } from './tool-request.ts'

/** https://github.com/anomalyco/opencode/issues/1809: `{"todos":"[{\"content\":…}]"}` where a list is declared. */
export const toolNestedValues = defineCheck({
  id: 'tool-nested-values',
  summary: 'lists and objects inside arguments are no text',
  codes: ['stringified'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const functions = functionsOf(view)
    if (!isSuccess(view) || functions.size === 0) return unobserved('the request declares no functions')
    const violations: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name, arguments: text } of namedCalls(view)) {
      const declared = functions.get(name)
      const value = argumentsObject(text)
      if (!declared || !value || !isFinished(choice)) continue
      const nested = nestedOf(declared).filter((property) => Object.hasOwn(value, property))
      seen += nested.length
      for (const property of nested) {
        if (!isStringified(value[property]) || violations.length >= 20) continue
        const at = inCompletion(`${pointer}/function/arguments`)
        violations.push({ code: 'stringified', at, expected: `a list or object as ${show(property)}`, actual: show(value[property]) })
      }
    }
    return verdictOf(violations, seen, 'no finished call with a list or an object inside')
  },
})

/** Properties that can be nothing but a list or an object. */
const nestedOf = (declared: JsonObject): readonly string[] =>
  Object.entries(asObject(asObject(declared.parameters)?.properties) ?? {})
    .filter(([, schema]) => ['array', 'object'].includes(asString(asObject(schema)?.type) ?? ''))
    .map(([name]) => name)

/** A string that holds a JSON list or object. */
export const isStringified = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return false
  try {
    return typeof JSON.parse(value) === 'object'
  } catch {
    return false
  }
}
