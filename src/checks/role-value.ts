import type { SseEvent, Violation } from '../types.ts'
import { at, defineCheck, held, unobserved } from './define-check.ts'
import { eachChoice } from './read.ts'

/** The values themselves are the schema's business; this tells of roles that are null, which is legal and unusual. */
export const roleValue = defineCheck({
  id: 'role-value',
  summary: 'a role in a delta is assistant',
  codes: ['null'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    let subjects = 0
    let nulled: { event: SseEvent; pointer: string } | undefined
    eachChoice(view, ({ event, pointer, delta }) => {
      if (delta.role === undefined) return
      subjects++
      if (delta.role === null) nulled ??= { event, pointer }
    })
    if (subjects === 0) return unobserved('no delta with a role')
    const found = nulled as { event: SseEvent; pointer: string } | undefined
    const notes: Violation[] = found
      ? [{ code: 'null', at: at(found.event, `${found.pointer}/delta/role`), expected: '"assistant" or absent', actual: 'null' }]
      : []
    return held(subjects, notes)
  },
})
