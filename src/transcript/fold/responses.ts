import type { JsonObject, SseEvent } from '../../types.ts'

const openings = new Set(['response.created', 'response.queued', 'response.in_progress'])
const terminals = new Set(['response.completed', 'response.incomplete', 'response.failed'])

const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined

/**
 * The reply that a Responses stream tells. Its terminal event repeats the whole reply, so nothing has to be put together;
 * a stream that never got there is its last lifecycle event with the items that were finished.
 * Total, and without repair: deltas are not joined, and what has the wrong type is left out.
 */
export const foldResponses = (events: readonly SseEvent[]): unknown => {
  let opening: JsonObject | undefined
  const done: { readonly index: number; readonly item: JsonObject }[] = []
  for (const { json } of events) {
    const data = asObject(json)
    const type = data?.type
    if (!data || typeof type !== 'string') continue
    const response = asObject(data.response)
    if (terminals.has(type) && response) return response
    if (openings.has(type) && response) opening = response
    const item = type === 'response.output_item.done' ? asObject(data.item) : undefined
    if (item) done.push({ index: Number.isInteger(data.output_index) ? (data.output_index as number) : done.length, item })
  }
  if (!opening && done.length === 0) return undefined
  return { ...opening, output: done.sort((a, b) => a.index - b.index).map(({ item }) => item) }
}
