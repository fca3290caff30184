import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asInteger, asObject, asString, show } from './read.ts'
import { longestMeanToken } from './read-chat.ts'
import { endedEarly } from './settled-output.ts'

/** Characters of all texts in a reply. */
const writtenBy = (reply: JsonObject): number => {
  let written = 0
  for (const item of asArray(reply.output) ?? []) {
    for (const part of asArray(asObject(item)?.content) ?? []) written += asString(asObject(part)?.text)?.length ?? 0
  }
  return written
}

/** How a cut stream says so is judged on its terminal event; here only that the cap holds there too. */
export const responsesCap = defineCheck({
  id: 'responses-cap',
  summary: 'max_output_tokens is kept, and a reply that it cut is incomplete for that reason',
  codes: ['exceeded', 'status', 'reason'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const cap = asInteger(asObject(view.request)?.max_output_tokens)
    const reply = asObject(view.completion)
    const used = asInteger(asObject(reply?.usage)?.output_tokens)
    const { status } = reply ?? {}
    if (!reply || cap === undefined || (status !== 'completed' && status !== 'incomplete')) return unobserved('no capped reply')
    if (used !== undefined && used > cap)
      return violated({ code: 'exceeded', at: inCompletion('/usage/output_tokens'), expected: `<= ${cap}`, actual: String(used) })
    const written = writtenBy(reply)
    if (written > cap * longestMeanToken) {
      return violated({ code: 'exceeded', at: inCompletion('/output'), expected: `<= ${cap} tokens`, actual: `${written} characters` })
    }
    if (view.streamed) return unobserved('a stream says it in its terminal event')
    if (status === 'completed') {
      if (used !== cap) return unobserved('the reply was not cut')
      return violated({
        code: 'status',
        at: inCompletion('/status'),
        expected: '"incomplete"',
        actual: `"completed" after ${used} of ${cap} tokens`,
      })
    }
    if (endedEarly(view)) return unobserved('the cap was not reached')
    // where more than this member is left out, that is the defect
    if (reply.incomplete_details === undefined && reply.error === undefined) return unobserved('the reply is not whole')
    const reason = asObject(reply.incomplete_details)?.reason
    if (reason === 'max_output_tokens') return held(1)
    if (reason === 'content_filter' && used !== cap) return unobserved('cut by a content filter')
    return violated({
      code: 'reason',
      at: inCompletion('/incomplete_details/reason'),
      expected: '"max_output_tokens"',
      actual: show(reason),
    })
  },
})
