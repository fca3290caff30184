import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { asObject } from './read.ts'
import { eachChunk, wantsUsage } from './read-chat.ts'

export const usageOptIn = defineCheck({
  id: 'usage-opt-in',
  summary: 'usage comes only when it was asked for',
  codes: ['unasked'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || wantsUsage(view)) return unobserved('usage was asked for')
    let chunks = 0
    let unasked: SseEvent | undefined
    eachChunk(view, ({ usage }, event) => {
      chunks++
      if (asObject(usage)) unasked ??= event
    })
    const found = unasked as SseEvent | undefined
    if (found) return violated({ code: 'unasked', at: at(found, '/usage'), expected: 'null or absent', actual: 'usage' })
    return chunks > 0 ? held(chunks) : unobserved('no chunks')
  },
})
