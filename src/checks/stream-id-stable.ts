import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asString, show } from './read.ts'
import { eachChunk } from './read-chat.ts'

export const streamIdStable = defineCheck({
  id: 'stream-id-stable',
  summary: 'all chunks of a stream have one id',
  codes: ['changes'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    let first: string | undefined
    let subjects = 0
    const violations: Violation[] = []
    eachChunk(view, (chunk, event) => {
      const id = asString(chunk.id)
      if (!id) return
      first ??= id
      subjects++
      if (id === first || violations.length > 0) return
      violations.push({ code: 'changes', at: at(event, '/id'), expected: show(first), actual: show(id) })
    })
    return verdictOf(violations, subjects, 'no chunk with an id')
  },
})
