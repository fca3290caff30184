import type { SseEvent, View, Violation } from '../types.ts'
import { isDisputed } from './compare-strand.ts'
import { at, defineCheck, unobserved, verdictOf, violated } from './define-check.ts'
import { firstDifference } from './difference.ts'
import { asArray, asObject, show } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { ResponsesStream } from './read-responses-state.ts'
import { responseStatuses } from './read-responses-types.ts'
import { notRepeated } from './settled-output.ts'

export const rstreamSnapshot = defineCheck({
  id: 'rstream-snapshot',
  summary: 'the terminal event repeats the done items, with usage',
  codes: ['response-missing', 'status', 'usage-missing', 'output-missing', 'count', 'differs'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const { event, type, response } = stream?.terminal ?? {}
    if (!stream || !event || type === 'response.failed') return unobserved('no terminal event')
    if (!response) return violated({ code: 'response-missing', at: at(event, '/response'), expected: 'the response', actual: 'absent' })
    const found: Violation[] = []
    const { status, output } = response
    // completed and incomplete are told apart by another requirement
    if (responseStatuses.has(status) && status !== 'completed' && status !== 'incomplete') {
      found.push({ code: 'status', at: at(event, '/response/status'), expected: 'a status that goes with the event', actual: show(status) })
    }
    if (output === undefined)
      found.push({ code: 'output-missing', at: at(event, '/response/output'), expected: 'an array', actual: 'absent' })
    if (response.usage === undefined || response.usage === null) {
      found.push({ code: 'usage-missing', at: at(event, '/response/usage'), expected: 'usage', actual: show(response.usage) })
    }
    found.push(...outputViolations(view, stream, event, asArray(output)))
    return verdictOf(found.slice(0, 20), 1, '')
  },
})

const outputViolations = (
  view: View,
  stream: ResponsesStream,
  event: SseEvent,
  output: readonly unknown[] | undefined,
): readonly Violation[] => {
  const unreadable = stream.items.size > 0 ? blindness(stream) : stream.damaged || stream.unindexed
  if (!output || unreadable || stream.unparted) return []
  const items = orderedItems(stream)
  if (items.some(({ done, doneItem }) => !done || !doneItem)) return []
  if (items.length !== output.length) {
    return [{ code: 'count', at: at(event, '/response/output'), expected: `${items.length} items`, actual: String(output.length) }]
  }
  const found: Violation[] = []
  for (const [position, item] of items.entries()) {
    if (isDisputed(item) || isMisshapen(view, event, `/response/output/${position}`)) continue
    const place = firstDifference(asObject(item.doneItem), output[position], notRepeated)
    if (place) {
      found.push({
        code: 'differs',
        at: at(event, `/response/output/${position}${place.pointer}`),
        expected: show(place.expected),
        actual: show(place.actual),
      })
    }
  }
  return found
}

/** What the schema has said of this copy is not said again. */
const isMisshapen = ({ shape }: View, { index }: SseEvent, pointer: string): boolean =>
  shape.some(
    ({ violation: { at: place } }) => place.in === 'event' && place.index === index && `${place.pointer}/`.startsWith(`${pointer}/`),
  )
