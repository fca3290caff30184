import type { JsonObject, SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asArray, asString, show, typeName } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { StreamItem } from './read-responses-state.ts'

export const rstreamItemAdded = defineCheck({
  id: 'rstream-item-added',
  summary: 'each item is announced before anything else is said about it, in progress and empty',
  codes: ['missing', 'late', 'repeated', 'item', 'status', 'not-empty', 'type'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    return verdictOf(orderedItems(stream).flatMap(itemViolations).slice(0, 20), stream.items.size, '')
  },
})

const itemViolations = (item: StreamItem): readonly Violation[] => {
  const { added, addedItem, first } = item
  if (!added)
    return [{ code: 'missing', at: at(first, '/output_index'), expected: `output_item.added for item ${item.index}`, actual: 'absent' }]
  const found: Violation[] = []
  if (added !== first)
    found.push({ code: 'late', at: at(added, '/output_index'), expected: `before event ${first.index}`, actual: `event ${added.index}` })
  if (item.addedAgain) found.push({ code: 'repeated', at: at(item.addedAgain, '/output_index'), expected: 'once', actual: 'again' })
  if (!addedItem) return [...found, { code: 'item', at: at(added, '/item'), expected: 'the item', actual: 'absent' }]
  const type = asString(addedItem.type)
  const finalType = asString(item.doneItem?.type)
  if (finalType !== undefined && type !== finalType) {
    found.push({ code: 'type', at: at(added, '/item/type'), expected: show(finalType), actual: show(addedItem.type) })
  }
  return [...found, ...stateViolations(added, addedItem)]
}

/** That the arguments of a call are empty belongs to the requirement about streamed calls. Only items whose course is known: a search or a call of a hosted tool may be announced with its input. */
const stateViolations = (added: SseEvent, addedItem: JsonObject): readonly Violation[] => {
  const { type } = addedItem
  if (type !== 'message' && type !== 'function_call' && type !== 'reasoning') return []
  const found: Violation[] = []
  const { status, content } = addedItem
  if (status !== undefined && status !== null && status !== 'in_progress') {
    found.push({ code: 'status', at: at(added, '/item/status'), expected: 'in_progress', actual: show(status) })
  }
  if (type === 'message' && !(Array.isArray(content) && content.length === 0)) {
    found.push({
      code: 'not-empty',
      at: at(added, '/item/content'),
      expected: '[]',
      actual: typeName(content),
    })
  }
  if (type === 'reasoning') {
    for (const member of ['summary', 'content']) {
      if ((asArray(addedItem[member])?.length ?? 0) > 0) {
        found.push({ code: 'not-empty', at: at(added, `/item/${member}`), expected: '[]', actual: typeName(addedItem[member]) })
      }
    }
  }
  return found
}
