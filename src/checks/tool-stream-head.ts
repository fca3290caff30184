import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { asObject, show } from './read.ts'
import { functionsOf, isSuccess } from './tool-request.ts'
import { isPartial, soundReplies, type ToolDelta } from './tool-stream.ts'

/** https://github.com/vercel/ai packages/openai-compatible throws when the first delta of a call lacks its id or name. */
export const toolStreamHead = defineCheck({
  id: 'tool-stream-head',
  summary: 'the first delta of a call has id, type and the whole name',
  codes: ['no-head', 'no-id', 'no-type', 'wrong-type', 'no-name', 'partial-name'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const declared = [...functionsOf(view).keys()]
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      for (const deltas of reply.calls.values()) {
        seen++
        if (violations.length < 20) violations.push(...headProblems(deltas, declared))
      }
    }
    return verdictOf(violations, seen, 'no tool-call delta with an index')
  },
})

/** Absent, null or empty; a value of another type is the schema's business. */
const isMissing = (value: unknown): boolean => value === undefined || value === null || value === ''

const headProblems = (deltas: readonly ToolDelta[], declared: readonly string[]): Violation[] => {
  const head = deltas[0] as ToolDelta
  const own = asObject(head.entry.function)
  const problems: Violation[] = []
  const add = (code: string, member: string, expected: string, value: unknown) =>
    problems.push({ code, at: at(head.event, `${head.pointer}/${member}`), expected, actual: show(value) })
  if (isMissing(head.entry.id) && isMissing(head.entry.type) && isMissing(own?.name)) {
    return [{ code: 'no-head', at: at(head.event, head.pointer), expected: 'id, type and name', actual: show(head.entry) }]
  }
  if (isMissing(head.entry.id)) add('no-id', 'id', 'a non-empty string', head.entry.id)
  if (isMissing(head.entry.type)) add('no-type', 'type', '"function"', head.entry.type)
  else if (typeof head.entry.type === 'string' && head.entry.type !== 'function') add('wrong-type', 'type', '"function"', head.entry.type)
  if (isMissing(head.entry.function) || (own && isMissing(own.name))) add('no-name', 'function/name', 'a declared name', own?.name)
  else if (head.name !== undefined && isPartial(head.name, deltas, declared))
    add('partial-name', 'function/name', 'the whole name', head.name)
  return problems
}
