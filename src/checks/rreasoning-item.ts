import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asArray, asInteger, asObject, show } from './read.ts'
import { textOf } from './read-responses-items.ts'
import { thinkingTag } from './reasoning-text.ts'
import { settledOutput } from './settled-output.ts'

/** That a reasoning item has a summary is said by the schema. */
export const rreasoningItem = defineCheck({
  id: 'rreasoning-item',
  summary: 'reasoning is an item of its own, before what it led to',
  codes: ['missing', 'order', 'leaked'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const reply = asObject(view.completion)
    const output = settledOutput(view)
    if (!reply || !output || output.includes(undefined)) return unobserved('no reply')
    const found: Violation[] = []
    for (const [index, item] of output.entries()) {
      for (const [position, part] of (item?.type === 'message' ? (asArray(item.content) ?? []) : []).map(asObject).entries()) {
        const leak = part?.type === 'output_text' ? thinkingTag(textOf(part) ?? '') : undefined
        if (leak !== undefined)
          found.push({
            code: 'leaked',
            at: inCompletion(`/output/${index}/content/${position}/text`),
            expected: 'no thoughts',
            actual: show(leak),
          })
      }
    }
    const last = output.findLastIndex((item) => item?.type === 'reasoning')
    const first = output.findIndex((item) => item?.type === 'message' || item?.type === 'function_call')
    const thought = asInteger(asObject(asObject(reply.usage)?.output_tokens_details)?.reasoning_tokens) ?? 0
    if (reply.status === 'completed' && last >= 0 && first >= 0 && first < last && last === output.length - 1) {
      found.push({
        code: 'order',
        at: inCompletion(`/output/${last}`),
        expected: 'before the item that it led to',
        actual: 'the last item',
      })
    }
    if (reply.status === 'completed' && last < 0 && thought > 0 && found.length === 0) {
      found.push({
        code: 'missing',
        at: inCompletion('/output'),
        expected: 'a reasoning item',
        actual: `${thought} reasoning tokens without one`,
      })
    }
    return verdictOf(found.slice(0, 20), last >= 0 ? 1 : 0, 'the model did not reason')
  },
})
