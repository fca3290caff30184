import type { Turn } from './conversation.ts'
import type { Answer, Json, Kind } from './exchange.ts'
import { Refusal } from './refusal.ts'
import { nextId, type World } from './world.ts'

export interface StoredResponse {
  readonly response: Json
  readonly items: readonly Json[]
  /** Input and output so far, without instructions. */
  readonly turns: readonly Turn[]
  readonly background: boolean
  /** When a background reply is finished. */
  readonly readyAt: number
  cancelled: boolean
}

const maxStored = 1000

const unknown = (id: string, code: string | null, param: string | null): Refusal =>
  new Refusal(`Response with id '${id}' not found.`, { status: 404, code, param, about: param ?? 'response' })

/** Keeps a reply; the oldest goes when there are too many. */
export const keep = (world: World, entry: StoredResponse): void => {
  const oldest = world.stored.size >= maxStored ? world.stored.keys().next().value : undefined
  if (oldest !== undefined) world.stored.delete(oldest)
  world.stored.set(entry.response.id, entry)
}

const find = (world: World, id: string): StoredResponse => {
  const entry = world.stored.get(id)
  if (!entry) throw unknown(id, null, null)
  return entry
}

/** The turns that `previous_response_id` brings back. */
export const historyOf = (world: World, id: unknown): readonly Turn[] => {
  if (typeof id !== 'string') return []
  const entry = world.stored.get(id)
  if (!entry) throw unknown(id, 'previous_response_not_found', 'previous_response_id')
  return entry.turns
}

export const storedItem = (world: World, id: string): Json | undefined => {
  for (const { response, items } of world.stored.values()) {
    const found = [...response.output, ...items].find((item: Json) => item.id === id)
    if (found) return found
  }
  return undefined
}

/** A reply before it has said anything. */
export const unfinished = (response: Json, status: string): Json => ({
  ...response,
  status,
  output: [],
  usage: null,
  completed_at: null,
  incomplete_details: null,
})

const answer = (kind: Kind, body: Json): Answer => ({ kind, status: 200, headers: {}, body, about: '', tokens: 0 })

const currently = (world: World, entry: StoredResponse): Json => {
  if (entry.cancelled) return unfinished(entry.response, 'cancelled')
  return world.now() < entry.readyAt ? unfinished(entry.response, 'in_progress') : entry.response
}

export const retrieveResponse = (world: World, id: string): Answer => answer('stored-response', currently(world, find(world, id)))

export const deleteResponse = (world: World, id: string): Answer => {
  find(world, id)
  world.stored.delete(id)
  return answer('deleted-response', { id, object: 'response', deleted: true })
}

export const cancelResponse = (world: World, id: string): Answer => {
  const entry = find(world, id)
  if (!entry.background) throw new Refusal('Only background responses can be cancelled.', { about: 'cancel' })
  if (world.now() < entry.readyAt) entry.cancelled = true
  return answer('stored-response', currently(world, entry))
}

/** The input as items with ids: a string is one user message, and message content becomes parts. */
export const inputItems = (world: World, input: Json): Json[] => {
  const list = typeof input === 'string' ? [{ role: 'user', content: input }] : (input ?? [])
  return list.map((item: Json) => {
    if (item.type !== undefined && item.type !== 'message') return { id: nextId(world, 'item_'), status: 'completed', ...item }
    const type = item.role === 'assistant' ? 'output_text' : 'input_text'
    const text = item.role === 'assistant' ? { annotations: [], logprobs: [] } : {}
    const content = typeof item.content === 'string' ? [{ type, text: item.content, ...text }] : item.content
    return { id: nextId(world, 'msg_'), type: 'message', status: 'completed', ...item, content }
  })
}

/** GET /responses/{id}/input_items, newest first unless asked otherwise. */
export const listInputItems = (world: World, id: string, query: URLSearchParams): Answer => {
  const { items } = find(world, id)
  const ordered = query.get('order') === 'asc' ? [...items] : items.toReversed()
  const after = query.get('after')
  const from = after === null ? 0 : ordered.findIndex((item) => item.id === after) + 1
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 20) || 20, 1), 100)
  const data = ordered.slice(from, from + limit)
  const has_more = from + limit < ordered.length
  return answer('input-items', { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more })
}
