import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject, typeName } from './read.ts'
import { eachChunk, wantsUsage } from './read-chat.ts'

/** Running totals on several chunks are another defect. */
export const usageOwnChunk = defineCheck({
  id: 'usage-own-chunk',
  summary: 'the chunk with usage has no choices',
  codes: ['choices-not-empty'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !wantsUsage(view)) return unobserved('no usage was asked for')
    const carriers: { event: SseEvent; choices: readonly unknown[] | undefined }[] = []
    eachChunk(view, ({ usage, choices }, event) => {
      if (asObject(usage) && carriers.length < 2) carriers.push({ event, choices: asArray(choices) })
    })
    const [carrier, another] = carriers
    if (!carrier?.choices || another) return unobserved('not one chunk with usage')
    if (carrier.choices.length === 0) return held(1)
    return violated({ code: 'choices-not-empty', at: at(carrier.event, '/choices'), expected: '[]', actual: typeName(carrier.choices) })
  },
})
