import type { Violation } from '../types.ts'
import { at, defineCheck, verdictOf } from './define-check.ts'
import { argumentsProblem } from './tool-arguments.ts'
import { functionsOf, isSuccess } from './tool-request.ts'
import { isPartial, joinedArguments, soundReplies, type ToolDelta } from './tool-stream.ts'

/** https://github.com/openai/openai-python src/openai/lib/streaming/_deltas.py appends every string that it meets. */
export const toolStreamHeadOnce = defineCheck({
  id: 'tool-stream-head-once',
  summary: 'later deltas of a call repeat neither id nor name',
  codes: ['id-repeated', 'name-repeated'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    const declared = [...functionsOf(view).keys()]
    const violations: Violation[] = []
    let seen = 0
    for (const reply of isSuccess(view) ? soundReplies(view) : []) {
      for (const deltas of reply.calls.values()) {
        if (deltas.length < 2) continue
        seen++
        // A whole call that is sent again is blamed for its arguments.
        if (violations.length >= 20 || argumentsProblem(joinedArguments(deltas) ?? '') === 'trailing') continue
        violations.push(...repeats(deltas, declared))
      }
    }
    return verdictOf(violations, seen, 'no call of several deltas')
  },
})

const repeats = (deltas: readonly ToolDelta[], declared: readonly string[]): Violation[] => {
  const found: Violation[] = []
  const secondOf = (pick: (delta: ToolDelta) => string | undefined) => deltas.filter((delta) => pick(delta) !== undefined)[1]
  const id = secondOf((delta) => delta.id)
  if (id) found.push({ code: 'id-repeated', at: at(id.event, `${id.pointer}/id`), expected: 'absent', actual: id.id ?? '' })
  const name = secondOf((delta) => delta.name)
  const first = deltas.find((delta) => delta.name !== undefined)?.name ?? ''
  // A name that comes in pieces is a broken head.
  if (name && !isPartial(first, deltas, declared)) {
    found.push({ code: 'name-repeated', at: at(name.event, `${name.pointer}/function/name`), expected: 'absent', actual: name.name ?? '' })
  }
  return found
}
