import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asInteger, asObject, show } from './read.ts'
import { readResponses } from './read-responses.ts'

/** No model has so small a context that it would end a reply here. */
const smallest = 128

/** That the status is one of the six is said by the schema. */
export const responsesStatus = defineCheck({
  id: 'responses-status',
  summary: 'a finished reply is completed',
  codes: ['not-final', 'not-completed'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    const reply = asObject(view.completion)
    if (request?.background === true) return unobserved('a background reply may be anything')
    const terminal = view.streamed ? readResponses(view)?.terminal : undefined
    // other terminal events have requirements that compare them with the status
    if (view.streamed && terminal?.type !== 'response.completed') return unobserved('no response.completed')
    const status = reply?.status
    if (!reply || typeof status !== 'string') return unobserved('no status')
    const place = inCompletion('/status')
    if (status === 'completed') return held(1)
    if (status === 'in_progress' || status === 'queued' || (view.streamed && status !== 'incomplete')) {
      return violated({ code: 'not-final', at: place, expected: '"completed"', actual: show(status) })
    }
    if (status !== 'incomplete' || view.streamed) return unobserved(`the reply is ${status}`)
    return endedEarly(reply, request)
      ? violated({ code: 'not-completed', at: place, expected: '"completed"', actual: show(status) })
      : unobserved('the reply is incomplete')
  },
})

/** Incomplete for the cap, though the output is not half as long and nothing else can have been full. */
const endedEarly = (reply: JsonObject, request: JsonObject | undefined): boolean => {
  const cap = asInteger(request?.max_output_tokens)
  const usage = asObject(reply.usage)
  const [used, total] = [asInteger(usage?.output_tokens), asInteger(usage?.total_tokens)]
  if (cap === undefined || used === undefined || total === undefined || used < 1) return false
  return asObject(reply.incomplete_details)?.reason !== 'content_filter' && used * 2 < cap && total <= smallest
}
