import type { View, Violation } from '../types.ts'
import { defineCheck, inCompletion, verdictOf } from './define-check.ts'
import { errorOf, isAcceptRefusal } from './failure.ts'
import { isFlat, validateFlat } from './flat-schema.ts'
import { asObject, show } from './read.ts'
import { argumentsObject } from './tool-arguments.ts'
import { functionsOf, isFinished, isSuccess, mustCall, type NamedCall, namedCalls, refusal, toolChoiceOf } from './tool-request.ts'

/** What became of one request in one mode. */
interface Mode {
  called: boolean
  refused: Violation | undefined
}

/** Over all requests of a mode: how many calls had arguments that fit, and one that had not. */
interface Fit {
  good: number
  bad: number
  example: Violation | undefined
}

/** https://github.com/MoonshotAI/Kimi-Vendor-Verifier compares the calls of both modes, because servers parse them by different code. */
export const toolParity = defineCheck({
  id: 'tool-parity',
  summary: 'a request that must be answered by a call works streamed and not streamed',
  codes: ['refused', 'arguments'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const groups = new Map<string, readonly [json: Mode, stream: Mode]>()
    const fits: readonly [json: Fit, stream: Fit] = [
      { good: 0, bad: 0, example: undefined },
      { good: 0, bad: 0, example: undefined },
    ]
    for (const [number, view] of views.entries()) {
      if (view.breaks !== undefined || !mustCall(toolChoiceOf(view))) continue
      const { stream, ...question } = questionOf(view)
      const key = JSON.stringify(question)
      const group = groups.get(key) ?? [newMode(), newMode()]
      groups.set(key, group)
      const which = stream === true ? 1 : 0
      const refused = isAcceptRefusal(view) || blamesOptions(view) ? undefined : refusal(view)
      if (refused) group[which].refused ??= { ...refused, view: number }
      for (const call of isSuccess(view) ? namedCalls(view) : []) {
        group[which].called = true
        addFit(fits[which], view, call, number)
      }
    }
    const violations: Violation[] = []
    let seen = 0
    for (const [json, stream] of groups.values()) {
      if (json.called && stream.called) seen++
      // A mode that answers in words disobeys tool_choice, and that rule says so.
      if (json.refused && !json.called && stream.called) violations.push(json.refused)
      if (stream.refused && !stream.called && json.called) violations.push(stream.refused)
    }
    for (const [one, other] of [fits, [fits[1], fits[0]]] as const) {
      // One misfit may be the model's; always in one mode and never in the other is the server's.
      if (one.bad > 1 && one.good === 0 && other.good > 1 && other.bad === 0 && one.example) violations.push(one.example)
    }
    return verdictOf(violations, seen, 'no request was answered by a call in both modes')
  },
})

/** Whether options of a stream are taken is a rule of its own. */
const blamesOptions = (view: View): boolean => {
  const error = errorOf(view)
  return error?.param === 'stream_options' || /\bstream_options\b/.test(String(error?.message))
}

const newMode = (): Mode => ({ called: false, refused: undefined })

/** What is asked, apart from how much room there is and how the answer comes. */
const questionOf = (view: View) => {
  const { messages, tools, tool_choice, stream } = asObject(view.request) ?? {}
  return { messages, tools, tool_choice, stream }
}

const addFit = (fit: Fit, view: View, { choice, name, pointer, arguments: text }: NamedCall, number: number): void => {
  const schema = functionsOf(view).get(name)?.parameters
  const value = argumentsObject(text)
  if (!value || !isFinished(choice) || !isFlat(schema)) return
  const [problem] = validateFlat(schema, value)
  if (!problem) fit.good++
  else {
    fit.bad++
    fit.example ??= {
      code: 'arguments',
      at: inCompletion(`${pointer}/function/arguments`),
      view: number,
      expected: problem.expected,
      actual: show(text),
    }
  }
}
