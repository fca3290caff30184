// A reply of the Responses API as plain objects, for tests that bend one member of it.

// biome-ignore lint/suspicious/noExplicitAny: tests reach into JSON at any depth
export type Json = any

export const weather: Json = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

export const message = (text = 'Hello you', status = 'completed'): Json => ({
  id: 'msg_1',
  type: 'message',
  status,
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
})

export const call = (args = '{"city":"Paris"}', status = 'completed'): Json => ({
  id: 'fc_1',
  type: 'function_call',
  status,
  call_id: 'call_1',
  name: 'get_weather',
  arguments: args,
})

export const reasoning = (): Json => ({
  id: 'rs_1',
  type: 'reasoning',
  status: 'completed',
  summary: [{ type: 'summary_text', text: 'I think so' }],
  content: [{ type: 'reasoning_text', text: 'so it is' }],
})

/** A finished reply with these items; every call gives new objects. */
export const reply = (output: Json[] = [message()], members: Json = {}): Json => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_763_474_589,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  model: 'm',
  output,
  parallel_tool_calls: true,
  previous_response_id: null,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  usage: {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 6,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 16,
  },
  ...members,
})

/** A reply that was cut by its cap. */
export const cutReply = (output: Json[] = [message('Hello you', 'incomplete')]): Json =>
  reply(output, { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })

type Emit = (type: string, members: Json) => void

const pieces = (text: string): string[] => text.match(/.{1,4}/g) ?? []

const textEvents = (emit: Emit, place: Json, part: Json): void => {
  const event = part.type === 'reasoning_text' ? 'reasoning_text' : 'output_text'
  const extra = event === 'output_text' ? { logprobs: [] } : {}
  emit('content_part.added', { ...place, part: { ...part, text: '' } })
  for (const delta of pieces(part.text)) emit(`${event}.delta`, { ...place, delta, ...extra })
  emit(`${event}.done`, { ...place, text: part.text, ...extra })
  emit('content_part.done', { ...place, part })
}

const itemEvents = (emit: Emit, item: Json, output_index: number): void => {
  const place = { item_id: item.id, output_index }
  const empty =
    item.type === 'function_call' ? { arguments: '' } : item.type === 'reasoning' ? { summary: [], content: [] } : { content: [] }
  emit('output_item.added', { output_index, item: { ...item, ...empty, status: 'in_progress' } })
  for (const [summary_index, part] of (item.summary ?? []).entries()) {
    emit('reasoning_summary_part.added', { ...place, summary_index, part: { ...part, text: '' } })
    for (const delta of pieces(part.text)) emit('reasoning_summary_text.delta', { ...place, summary_index, delta })
    emit('reasoning_summary_text.done', { ...place, summary_index, text: part.text })
    emit('reasoning_summary_part.done', { ...place, summary_index, part })
  }
  for (const [content_index, part] of (item.content ?? []).entries()) textEvents(emit, { ...place, content_index }, part)
  if (item.type === 'function_call') {
    for (const delta of pieces(item.arguments)) emit('function_call_arguments.delta', { ...place, delta })
    emit('function_call_arguments.done', { ...place, name: item.name, arguments: item.arguments })
  }
  emit('output_item.done', { output_index, item })
}

/** The events that tell a reply, numbered; nothing is shared between them. */
export const eventsOf = (response: Json = reply()): Json[] => {
  const events: Json[] = []
  const emit: Emit = (type, members) => {
    events.push({ type: `response.${type}`, sequence_number: events.length, ...structuredClone(members) })
  }
  const opening = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  emit('created', { response: opening })
  emit('in_progress', { response: opening })
  for (const [index, item] of response.output.entries()) itemEvents(emit, item, index)
  emit(response.status === 'incomplete' ? 'incomplete' : 'completed', { response })
  return events
}

/** The first event of a type. */
export const eventOf = (events: readonly Json[], type: string): Json => events.find((event) => event.type === `response.${type}`)

/** Numbers the events anew, after some were added or taken away. */
export const renumbered = (events: readonly Json[]): Json[] => events.map((event, sequence_number) => ({ ...event, sequence_number }))

/** Without the events of a type, numbered anew. */
export const without = (events: readonly Json[], type: string): Json[] =>
  renumbered(events.filter((event) => event.type !== `response.${type}`))
