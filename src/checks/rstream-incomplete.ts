import type { JsonObject, SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf, violated } from './define-check.ts'
import { asArray, asInteger, asObject, asString, show } from './read.ts'
import { readResponses } from './read-responses.ts'

/** A stream is known to be cut when it says so, or when its output has reached the cap of the request. */
export const rstreamIncomplete = defineCheck({
  id: 'rstream-incomplete',
  summary: 'a stream that the cap cut says so in its terminal event',
  codes: ['event', 'status', 'reason', 'item-status'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const terminal = readResponses(view)?.terminal
    if (!terminal?.response || terminal.type === 'response.failed') return unobserved('no terminal event with a response')
    const { event, type, response } = terminal
    const cap = asInteger(asObject(view.request)?.max_output_tokens)
    const used = asInteger(asObject(response.usage)?.output_tokens)
    // more than the cap means that it was not kept, which is another requirement
    const reached = cap !== undefined && used === cap
    if (type === 'response.completed') {
      if (!reached && response.status !== 'incomplete') return unobserved('the reply was not cut')
      const actual = `response.completed after ${used ?? 'unknown'} of ${cap ?? 'unlimited'} tokens`
      return violated({ code: 'event', at: at(event, '/type'), expected: 'response.incomplete', actual })
    }
    return verdictOf(incompleteViolations(event, response, reached), 1, '')
  },
})

const incompleteViolations = (event: SseEvent, response: JsonObject, reached: boolean): readonly Violation[] => {
  const found: Violation[] = []
  const { status } = response
  if (status === 'completed') {
    found.push({ code: 'status', at: at(event, '/response/status'), expected: '"incomplete"', actual: show(status) })
  }
  const reason = asObject(response.incomplete_details)?.reason
  // where more than this member is left out, that is the defect
  const whole = response.incomplete_details !== undefined || response.error !== undefined
  if (whole && reason !== 'max_output_tokens' && (reason !== 'content_filter' || reached)) {
    found.push({
      code: 'reason',
      at: at(event, '/response/incomplete_details/reason'),
      expected: '"max_output_tokens"',
      actual: show(reason),
    })
  }
  // the item that was open when the cap was reached is the last one
  const output = asArray(response.output) ?? []
  const last = asObject(output[output.length - 1])
  if (reason === 'max_output_tokens' && last?.type === 'message' && asString(last.status) !== undefined && last.status !== 'incomplete') {
    found.push({
      code: 'item-status',
      at: at(event, `/response/output/${output.length - 1}/status`),
      expected: '"incomplete"',
      actual: show(last.status),
    })
  }
  return found
}
