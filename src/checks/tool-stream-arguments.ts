import type { Violation } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { type ArgumentsProblem, argumentsProblem, isNothingAsNull, needsNoArguments, parsesToObject } from './tool-arguments.ts'
import { functionsOf, isSuccess, mustCall, toolChoiceOf } from './tool-request.ts'
import { isFinishedReply, joinedArguments, soundReplies, type ToolDelta } from './tool-stream.ts'

/** https://github.com/openai/openai-node src/lib/ChatCompletionStream.ts joins the fragments of a call and parses the result. */
export const toolStreamArguments = defineCheck({
  id: 'tool-stream-arguments',
  summary: 'the argument fragments of a call join to one JSON object',
  codes: ['empty', 'null', 'not-json', 'not-object', 'double-encoded', 'trailing', 'cumulative'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const functions = functionsOf(view)
    const forced = mustCall(toolChoiceOf(view))
    const violations: Violation[] = []
    const notes: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      if (!isFinishedReply(reply)) continue
      for (const deltas of reply.calls.values()) {
        const text = joinedArguments(deltas)
        const declared = functions.get(deltas.find(({ name }) => name !== undefined)?.name ?? '')
        if (text === undefined || violations.length >= 20 || isNothingAsNull(text, declared)) continue
        const problem = problemOf(text, deltas)
        // Free to call, a model may write what is no JSON at all; what a server does wrong in putting text together looks otherwise.
        if (problem && !assembly.includes(problem) && !forced && !(problem === 'empty' && needsNoArguments(declared))) continue
        seen++
        const blame = (delta: ToolDelta, code: string, actual: unknown): Violation => ({
          code,
          at: at(delta.event, `${delta.pointer}/function/arguments`),
          expected: 'one JSON object',
          actual: show(actual),
        })
        const empty = deltas.find((delta) => delta.arguments === null)
        if (empty && notes.length < 20) notes.push(blame(empty, 'null', null))
        if (!problem) continue
        const violation = blame(deltas[deltas.length - 1] as ToolDelta, problem, text)
        if (problem === 'empty' && (needsNoArguments(declared) || !declared)) notes.push(violation)
        else violations.push(violation)
      }
    }
    const [first, ...rest] = violations
    if (first) return violated(first, ...rest)
    return seen > 0 ? held(seen, notes) : unobserved('no finished call whose arguments can be judged')
  },
})

type Problem = ArgumentsProblem | 'cumulative'

/** What no model writes: these come from putting fragments together. */
const assembly: readonly Problem[] = ['cumulative', 'trailing', 'double-encoded']

const problemOf = (text: string, deltas: readonly ToolDelta[]): Problem | undefined => {
  const problem = argumentsProblem(text)
  return problem && isCumulative(deltas) ? 'cumulative' : problem
}

/** Every fragment holds all before it, and the last is the whole. */
const isCumulative = (deltas: readonly ToolDelta[]): boolean => {
  let previous = ''
  let grown = 0
  for (const { arguments: fragment } of deltas) {
    if (typeof fragment !== 'string' || fragment === '') continue
    if (!fragment.startsWith(previous)) return false
    if (previous !== '' && fragment.length > previous.length) grown++
    previous = fragment
  }
  return grown > 0 && parsesToObject(previous)
}
