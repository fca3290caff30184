import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { eachChunk, wantsUsage } from './read-chat.ts'

export const usageNullElsewhere = defineCheck({
  id: 'usage-null-elsewhere',
  summary: 'chunks without usage say so with null',
  codes: ['absent'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !wantsUsage(view)) return unobserved('no usage was asked for')
    let carriers = 0
    let others = 0
    let absent: SseEvent | undefined
    eachChunk(view, ({ usage, choices }, event) => {
      if (asObject(usage)) carriers++
      // chunks of vendor metadata have no choices, and no pattern to follow
      else if (asArray(choices)?.length) {
        others++
        if (usage === undefined) absent ??= event
      }
    })
    // an option that was ignored altogether is another defect
    if (carriers === 0 || others === 0) return unobserved('no chunk with usage, or none without')
    const found = absent as SseEvent | undefined
    return found ? violated({ code: 'absent', at: at(found, '/usage'), expected: 'null', actual: 'absent' }) : held(others)
  },
})
