import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asArray, asObject, asString, show } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { ResponsesStream } from './read-responses-state.ts'

export const rstreamItemId = defineCheck({
  id: 'rstream-item-id',
  summary: 'an item keeps one id from its announcement to the final output',
  codes: ['changed', 'missing'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    const found: Violation[] = []
    let subjects = 0
    for (const item of stream.items.values()) {
      const { id, otherId, withoutId } = item
      // an id that no event gives is missing from the output itself, which is another requirement
      if (id === undefined) continue
      subjects++
      for (const [event, code] of [
        [otherId, 'changed'],
        [withoutId, 'missing'],
      ] as const) {
        if (!event || found.length >= 20) continue
        const data = asObject(event.json)
        const about = asObject(data?.item)
        found.push({
          code,
          at: at(event, about ? '/item/id' : '/item_id'),
          expected: show(id),
          actual: show(about ? about.id : data?.item_id),
        })
      }
    }
    return verdictOf([...found, ...(found.length > 0 ? [] : finalViolations(stream))], subjects, 'no item has an id')
  },
})

/** By position, and only where the output has as many items as were streamed: a missing or moved item is another defect. */
const finalViolations = ({ items, terminal, ...stream }: ResponsesStream): readonly Violation[] => {
  const output = asArray(terminal?.response?.output)
  if (!terminal || !output || output.length !== items.size) return []
  const known = new Set([...items.values()].map(({ id }) => id))
  return orderedItems({ items, terminal, ...stream }).flatMap(({ id }, position): Violation[] => {
    const own = asString(asObject(output[position])?.id)
    if (id === undefined || own === undefined || own === '' || known.has(own)) return []
    return [{ code: 'changed', at: at(terminal.event, `/response/output/${position}/id`), expected: show(id), actual: show(own) }]
  })
}
