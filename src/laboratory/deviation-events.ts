import type { ClientApi } from '../types.ts'

// biome-ignore lint/suspicious/noExplicitAny: a change reaches anywhere into JSON
type Json = any

/** The two answers of a turn. */
export type Place = 'call' | 'text'

const chunk = (delta: object | undefined, finish: string | null = null, more: object = {}): Json => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
})
const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 }
const args = '{"command":"true"}'
const called = (call: object): Json => chunk({ tool_calls: [call] })
const chat = (): Record<string, Json> => ({
  role: chunk({ role: 'assistant', content: '' }),
  hi: chunk({ content: 'Hello' }),
  there: chunk({ content: ' there.' }),
  stop: chunk({}, 'stop'),
  call: called({ index: 0, id: 'call_1', type: 'function', function: { name: 'bash', arguments: args } }),
  head: called({ index: 0, id: 'call_1', type: 'function', function: { name: 'bash', arguments: '' } }),
  args1: called({ index: 0, function: { arguments: '{"command":' } }),
  args2: called({ index: 0, function: { arguments: '"true"}' } }),
  second: called({ index: 1, id: 'call_2', type: 'function', function: { name: 'bash', arguments: '{"command":"echo 2"}' } }),
  calls: chunk({}, 'tool_calls'),
  usage: { ...chunk({}), choices: [], usage },
})

const shared = { id: 'resp_1', object: 'response', created_at: 1700000000, model: 'm' }
const message = (done: boolean) => ({
  type: 'message',
  id: 'msg_1',
  status: done ? 'completed' : 'in_progress',
  role: 'assistant',
  content: done ? [{ type: 'output_text', text: 'Hello there.', annotations: [] }] : [],
})
const call = (done: boolean) => ({
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'bash',
  arguments: done ? args : '',
  status: done ? 'completed' : 'in_progress',
})
const counts = {
  input_tokens: 5,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 2,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 7,
}
const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
const event = (type: string, more: object): Json => ({ type: `response.${type}`, ...more })
const responses = (place: Place): Record<string, Json> => ({
  created: event('created', { response: { ...shared, status: 'in_progress', output: [] } }),
  progress: event('in_progress', { response: { ...shared, status: 'in_progress', output: [] } }),
  item: event('output_item.added', { output_index: 0, item: message(false) }),
  part: event('content_part.added', { ...at, part: { type: 'output_text', text: '', annotations: [] } }),
  hi: event('output_text.delta', { ...at, delta: 'Hello' }),
  there: event('output_text.delta', { ...at, delta: ' there.' }),
  said: event('output_text.done', { ...at, text: 'Hello there.' }),
  parted: event('content_part.done', { ...at, part: { type: 'output_text', text: 'Hello there.', annotations: [] } }),
  itemed: event('output_item.done', { output_index: 0, item: message(true) }),
  call: event('output_item.added', { output_index: 0, item: call(false) }),
  args1: event('function_call_arguments.delta', { item_id: 'fc_1', output_index: 0, delta: '{"command":' }),
  args2: event('function_call_arguments.delta', { item_id: 'fc_1', output_index: 0, delta: '"true"}' }),
  args: event('function_call_arguments.done', { item_id: 'fc_1', output_index: 0, arguments: args }),
  called: event('output_item.done', { output_index: 0, item: call(true) }),
  completed: event('completed', {
    response: { ...shared, status: 'completed', output: [place === 'call' ? call(true) : message(true)], usage: counts },
  }),
})

const good = {
  chat: {
    call: ['@role', '@head', '@args1', '@args2', '@calls', '@usage', '[DONE]'],
    text: ['@role', '@hi', '@there', '@stop', '@usage', '[DONE]'],
  },
  responses: {
    call: ['@created', '@progress', '@call', '@args1', '@args2', '@args', '@called', '@completed'],
    text: ['@created', '@progress', '@item', '@part', '@hi', '@there', '@said', '@parted', '@itemed', '@completed'],
  },
}

/** Where a change goes to, by the word behind the name of an event. */
const roads: Readonly<Record<string, (event: Json) => Json>> = {
  choice: (event) => event.choices[0],
  delta: (event) => event.choices[0].delta,
  tool: (event) => event.choices[0].delta.tool_calls[0],
  function: (event) => event.choices[0].delta.tool_calls[0].function,
  usage: (event) => event.usage ?? event.response.usage,
  item: (event) => event.item,
  response: (event) => event.response,
}

/** `-a -b` takes members away, an object puts some in their place. */
const change = (event: Json, road: string | undefined, how: string): void => {
  const own = road === undefined ? event : roads[road]?.(event)
  if (how.startsWith('-')) for (const name of how.slice(1).split(' -')) delete own[name]
  else Object.assign(own, JSON.parse(how))
}

/**
 * The events of an answer as they are written, without the end of each.
 * `@name` is an event of a good answer, `@name.road {…}` one with other members there, `!text` is written as it is.
 * @param every members for every event of a good answer
 */
export const eventsOf = (api: ClientApi, place: Place, lines: readonly string[], every: object = {}): readonly string[] => {
  let sequence = 0
  return lines
    .flatMap((line) => (line === '@good' ? good[api][place] : [line]))
    .map((line) => {
      const [, name, road, how] = /^@(\w+)(?:\.(\w+))?(?: (.*))?$/s.exec(line) ?? []
      if (name === undefined) return line.startsWith('!') ? line.slice(1) : `data: ${line}`
      const event = structuredClone((api === 'chat' ? chat() : responses(place))[name])
      if (event === undefined) throw new Error(`there is no event @${name}`)
      if (api === 'responses') event.sequence_number = sequence++
      Object.assign(event, structuredClone(every))
      if (how !== undefined) change(event, road, how)
      return `${api === 'responses' ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}`
    })
}
