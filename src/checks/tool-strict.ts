import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf, violated } from './define-check.ts'
import { isFlat, schemaProblemCodes, validateFlat } from './flat-schema.ts'
import { argumentsObject } from './tool-arguments.ts'
import { blamesChoice, functionsOf, isFinished, isSuccess, namedCalls, refusal } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/structured-outputs: strict mode guarantees the schema, whatever the prompt says. */
export const toolStrict = defineCheck({
  id: 'tool-strict',
  summary: 'strict functions are accepted, and their arguments always fit',
  codes: ['refused', ...schemaProblemCodes],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const functions = functionsOf(view)
    if (![...functions.values()].some(({ strict }) => strict === true)) return unobserved('no function is strict')
    const refused = refusal(view)
    if (refused) return blamesChoice(view) ? unobserved('the choice among tools is refused') : violated(refused)
    const violations: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name, arguments: text } of isSuccess(view) ? namedCalls(view) : []) {
      const declared = functions.get(name)
      const value = argumentsObject(text)
      if (declared?.strict !== true || !value || !isFinished(choice) || !isFlat(declared.parameters)) continue
      seen++
      for (const { code, expected, actual } of validateFlat(declared.parameters, value)) {
        if (violations.length < 20) violations.push({ code, at: inCompletion(`${pointer}/function/arguments`), expected, actual })
      }
    }
    return verdictOf(violations, seen, 'no finished call of a strict function')
  },
})
