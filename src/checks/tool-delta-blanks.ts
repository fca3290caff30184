import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { asObject, show } from './read.ts'
import { isSuccess } from './tool-request.ts'
import { soundReplies, type ToolDelta } from './tool-stream.ts'

const isBlank = (value: unknown): boolean => value === null || value === ''

/** Legal, and harmless to clients that join strings; others take the blank for the new value of the member. */
export const toolDeltaBlanks = defineCheck({
  id: 'tool-delta-blanks',
  summary: 'members that bring nothing are left out of the deltas of a call',
  codes: ['blank-id', 'blank-type', 'blank-name'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      for (const [, ...later] of reply.calls.values()) {
        seen += later.length
        const first = later.find((delta) => blanksOf(delta).length > 0)
        if (first && violations.length < 20) violations.push(...blanksOf(first))
      }
    }
    return verdictOf(violations, seen, 'no call of several deltas')
  },
})

const blanksOf = ({ event, pointer, entry }: ToolDelta): Violation[] => {
  const found: Violation[] = []
  const add = (code: string, member: string, value: unknown) =>
    found.push({ code, at: at(event, `${pointer}/${member}`), expected: 'absent', actual: show(value) })
  const name = asObject(entry.function)?.name
  if (isBlank(entry.id)) add('blank-id', 'id', entry.id)
  if (isBlank(entry.type)) add('blank-type', 'type', entry.type)
  if (isBlank(name)) add('blank-name', 'function/name', name)
  return found
}
