import type { View, Violation } from '../types.ts'
import { argumentViolations } from './compare-strand.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, asString, declaredTools, show } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { StreamItem } from './read-responses-state.ts'

export const rtoolsStream = defineCheck({
  id: 'rtools-stream',
  summary: 'a streamed call has its name from the start, and its arguments are the joined deltas',
  codes: ['name', 'call-id', 'added-arguments', 'order', 'end-missing', 'end-repeated', 'deltas-differ', 'end-differs', 'item-differs'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    const calls = orderedItems(stream).filter(isCall)
    // a call that the cap cut need not be told to its end
    const whole = stream.terminal?.type === 'response.completed'
    const found = calls.flatMap((item) => [
      ...nameViolations(item, view),
      ...argumentViolations(item).filter(({ code }) => whole || code !== 'end-missing'),
    ])
    return verdictOf(found.slice(0, 20), calls.length, 'no call was streamed')
  },
})

const isCall = ({ addedItem, doneItem, args }: StreamItem): boolean =>
  addedItem?.type === 'function_call' || doneItem?.type === 'function_call' || args !== undefined

const nameViolations = ({ added, addedItem, done, doneItem, args }: StreamItem, view: View): readonly Violation[] => {
  if (!added || !addedItem) return []
  const found: Violation[] = []
  const { name } = addedItem
  if (addedItem.arguments !== '') {
    found.push({ code: 'added-arguments', at: at(added, '/item/arguments'), expected: '""', actual: show(addedItem.arguments) })
  }
  const declared = declaredTools(view)
  const final = asString(doneItem?.name)
  if (
    typeof name !== 'string' ||
    name === '' ||
    (final !== undefined && name !== final) ||
    (final === undefined && declared.length > 0 && !declared.includes(name))
  ) {
    found.push({
      code: 'name',
      at: at(added, '/item/name'),
      expected: final === undefined ? 'a declared name' : show(final),
      actual: show(name),
    })
  }
  // openapi.yaml requires a name here, Azure leaves it out: only a wrong one is a defect
  const ended = asObject(args?.ended?.json)?.name
  if (args?.ended && typeof ended === 'string' && typeof name === 'string' && ended !== name && final === name) {
    found.push({ code: 'name', at: at(args.ended, '/name'), expected: show(name), actual: show(ended) })
  }
  const [first, last] = [asString(addedItem.call_id), asString(doneItem?.call_id)]
  if (done && last !== undefined && first !== last) {
    found.push({ code: 'call-id', at: at(added, '/item/call_id'), expected: show(last), actual: show(addedItem.call_id) })
  }
  return found
}
