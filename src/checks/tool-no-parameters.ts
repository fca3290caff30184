import type { Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { argumentsObject, isNothingAsNull } from './tool-arguments.ts'
import { blamesChoice, functionsOf, isFinished, isSuccess, namedCalls, refusal } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/FunctionObject: no parameters is an empty list of them. */
export const toolNoParameters = defineCheck({
  id: 'tool-no-parameters',
  summary: 'a function without parameters is accepted and called with nothing',
  codes: ['refused', 'null', 'extra-arguments'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const functions = functionsOf(view)
    if (![...functions.values()].some(({ parameters }) => parameters === undefined)) return unobserved('every function has parameters')
    const refused = refusal(view)
    if (refused) return blamesChoice(view) ? unobserved('the choice among tools is refused') : violated(refused)
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const violations: Violation[] = []
    const notes: Violation[] = []
    let seen = 0
    for (const { choice, pointer, name, arguments: text } of namedCalls(view)) {
      if (!functions.has(name) || functions.get(name)?.parameters !== undefined || !isFinished(choice)) continue
      const value = argumentsObject(text)
      const at = inCompletion(`${pointer}/function/arguments`)
      if (typeof text === 'string' && isNothingAsNull(text, functions.get(name))) {
        violations.push({ code: 'null', at, expected: '{}', actual: text })
        continue
      }
      // What is no object is blamed by the rule about arguments.
      if (!value && text !== '') continue
      seen++
      // An empty list of parameters forbids nothing, so a model may invent some.
      if (value && Object.keys(value).length > 0) notes.push({ code: 'extra-arguments', at, expected: '{}', actual: show(text) })
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen, notes) : unobserved('the model did not call it')
  },
})
