import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asString, show } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { StreamItem } from './read-responses-state.ts'

/** Clients take calls from this event: without it they drop the call. */
export const rstreamItemDone = defineCheck({
  id: 'rstream-item-done',
  summary: 'each item is closed once, in a final state, and nothing follows about it',
  codes: ['missing', 'repeated', 'item', 'status', 'late'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    // without a terminal event the stream just stops, and that is the finding
    if (!stream.terminal) return unobserved('the stream has no terminal event')
    const found = orderedItems(stream).flatMap(itemViolations)
    return verdictOf(found.slice(0, 20), stream.items.size, '')
  },
})

const itemViolations = (item: StreamItem): readonly Violation[] => {
  const { done, doneItem, doneAgain, late } = item
  if (!done)
    return [{ code: 'missing', at: at(item.first, '/output_index'), expected: `output_item.done for item ${item.index}`, actual: 'absent' }]
  const found: Violation[] = []
  if (doneAgain) found.push({ code: 'repeated', at: at(doneAgain, '/output_index'), expected: 'once', actual: 'again' })
  if (late)
    found.push({ code: 'late', at: at(late, '/output_index'), expected: `before event ${done.index}`, actual: `event ${late.index}` })
  if (!doneItem) found.push({ code: 'item', at: at(done, '/item'), expected: 'the item', actual: 'absent' })
  const status = asString(doneItem?.status)
  // items of other types may have states of their own, such as `failed`
  const open = status === 'in_progress' || status === 'queued'
  const own = ['message', 'function_call', 'reasoning'].includes(asString(doneItem?.type) ?? '')
  if (status !== undefined && (open || (own && status !== 'completed' && status !== 'incomplete'))) {
    found.push({ code: 'status', at: at(done, '/item/status'), expected: 'completed or incomplete', actual: show(status) })
  }
  return found
}
