import type { View, Violation } from '../types.ts'
import { defineCheck, verdictOf } from './define-check.ts'
import { asObject } from './read.ts'
import { isSuccess, mustCall, namedCalls, refusal, toolChoiceOf } from './tool-request.ts'

interface Modes {
  readonly json: { called: boolean; refused?: readonly [number, Violation] }
  readonly stream: { called: boolean; refused?: readonly [number, Violation] }
}

/** https://github.com/MoonshotAI/Kimi-Vendor-Verifier compares the calls of both modes, because servers parse them by different code. */
export const toolParity = defineCheck({
  id: 'tool-parity',
  summary: 'a request that must be answered by a call works streamed and not streamed',
  codes: ['refused'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const groups = new Map<string, Modes>()
    for (const [number, view] of views.entries()) {
      if (view.breaks !== undefined || !mustCall(toolChoiceOf(view))) continue
      const { stream, ...question } = questionOf(view)
      const key = JSON.stringify(question)
      const group = groups.get(key) ?? { json: { called: false }, stream: { called: false } }
      groups.set(key, group)
      const mode = stream === true ? group.stream : group.json
      const refused = refusal(view)
      if (refused) mode.refused ??= [number, refused]
      else if (isSuccess(view) && namedCalls(view).length > 0) mode.called = true
    }
    const violations: Violation[] = []
    let seen = 0
    for (const { json, stream } of groups.values()) {
      if (json.called && stream.called) seen++
      // A mode that answers without a call disobeys tool_choice, and that rule says so.
      for (const [mode, other] of [
        [json, stream],
        [stream, json],
      ] as const) {
        if (mode.refused && !mode.called && other.called) violations.push({ ...mode.refused[1], view: mode.refused[0] })
      }
    }
    return verdictOf(violations, seen, 'no request was answered by a call in both modes')
  },
})

/** What is asked, apart from how much room there is and how the answer comes. */
const questionOf = (view: View) => {
  const { messages, tools, tool_choice, stream } = asObject(view.request) ?? {}
  return { messages, tools, tool_choice, stream }
}
