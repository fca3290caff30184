import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FaultTable } from '../testing/fault-runs.ts'
import { callOf, type Question } from './ask.ts'
import type { Bend, Json, Wire } from './exchange.ts'
import { faults } from './faults.ts'
import { findBend } from './find-bend.ts'
import { respond } from './respond.ts'
import { variants } from './variants.ts'
import { newWorld } from './world.ts'

const key = 'sk-right'

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
  required: ['city'],
}
const flat = { type: 'function', name: 'get_weather', parameters }
const weather = { type: 'function', function: { name: 'get_weather', parameters } }
const time = { type: 'function', function: { name: 'get_time', parameters } }
const ping = { type: 'function', function: { name: 'ping' } }
const strict = { type: 'function', function: { name: 'get_weather', strict: true, parameters } }
const linked = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { a: { $ref: '#/$defs/x' } }, $defs: { x: { type: 'string' } } },
  },
}
const many = Array.from({ length: 20 }, (_, index) => ({ type: 'function', function: { name: `tool_${index}` } }))

const user = (content: Json) => ({ role: 'user', content })
const called = (id: string, members: Json) => ({
  role: 'assistant',
  ...members,
  tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
})
const result = (tool_call_id: string, content: Json) => ({ role: 'tool', tool_call_id, content })

interface Sample extends Question {
  readonly path: string
}

const chat = (model: string, members: Json = {}): Sample => ({
  path: '/chat/completions',
  body: { model, messages: [user('Reply with the single word OK.')], max_tokens: 512, temperature: 0, ...members },
})

/** A chat, plain and streamed with usage. */
const both = (model: string, members: Json): Sample[] => [
  chat(model, members),
  chat(model, { stream: true, stream_options: { include_usage: true }, ...members }),
]

const responses = (model: string, members: Json = {}): Sample => ({
  path: '/responses',
  body: { model, input: 'Reply with the single word OK.', max_output_tokens: 512, ...members },
})

const bothResponses = (model: string, members: Json): Sample[] => [
  responses(model, members),
  responses(model, { stream: true, ...members }),
]

const count = { messages: [user('Count from 1 to 60, separated by spaces.')] }
const cities = {
  messages: [user('What is the weather in Paris, Tokyo and Lima? Call the tool once for each city.')],
  tools: [weather, time],
}
const essay = 'Write an essay of 500 words about rivers.'

const chats = (m: string): Sample[] => [
  ...both(m, {}),
  chat(m, { stream: false }),
  chat(m, { stream: null }),
  chat(m, { stream: true }),
  chat(m, { stream: true, stream_options: { include_obfuscation: false } }),
  { ...chat(m), headers: { 'x-stainless-lang': 'js', 'idempotency-key': 'a', 'content-type': 'application/json; charset=utf-8' } },
  { ...chat(m), headers: { authorization: 'bearer x' } },
  { ...chat(m), headers: { accept: 'application/json', origin: 'https://a.example' } },
  ...both(m, count),
  ...both(m, { messages: [user(essay)], max_tokens: 16 }),
  ...both(m, { messages: [user(essay)], max_tokens: undefined, max_completion_tokens: 60 }),
  chat(m, { messages: [user('Count from 1 to 60')], max_tokens: undefined }),
  ...both(m, { messages: [user('Repeat this line exactly: alpha BRAVO charlie')], stop: 'BRAVO' }),
  ...both(m, { messages: [user('Repeat this line exactly: alpha BRAVO charlie')], stop: ['BRAVO'] }),
  ...both(m, { messages: [user('Repeat this line exactly: \u{1f44d}\u{1f3fd} \u4f60\u597d e\u0301 \u0645')] }),
  ...both(m, { n: 2, logprobs: true, top_logprobs: 1 }),
  ...['system', 'developer'].map((role) => chat(m, { messages: [{ role, content: 'Be brief and kind.' }, user('Hello')] })),
  chat(m, {
    messages: [
      { role: 'system', content: 'a' },
      { role: 'system', content: 'b' },
      user('Hello'),
      { role: 'assistant', content: '' },
      { role: 'system', content: 'c' },
      user('x'),
      user('y'),
    ],
  }),
  chat(m, { messages: [user('My code word is plum.'), { role: 'assistant', content: 'Noted.' }, user('Repeat my code word.')] }),
  chat(m, {
    messages: [
      user([
        { type: 'text', text: 'Hello' },
        { type: 'text', text: 'there' },
      ]),
    ],
  }),
  chat(m, { seed: 7, user: 'u', metadata: {}, store: false, logit_bias: { 5: 1 }, stop: null }),
  chat(m, { max_tokens: 10_000_000 }),
  chat(m, { response_format: { type: 'json_object' } }),
  chat(m, { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: parameters } } }),
]

const tools = (m: string): Sample[] => [
  ...both(m, { ...cities, tool_choice: 'auto' }),
  ...both(m, { ...cities, tool_choice: 'required' }),
  ...both(m, { ...cities, messages: [user('Hello')], tool_choice: 'required' }),
  chat(m, { ...cities, tool_choice: 'none' }),
  chat(m, { ...cities, tool_choice: { type: 'function', function: { name: 'get_time' } } }),
  chat(m, {
    ...cities,
    tool_choice: {
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'get_time' } }] },
    },
  }),
  chat(m, { ...cities, parallel_tool_calls: false }),
  chat(m, { tools: [ping], tool_choice: 'required' }),
  chat(m, { tools: [strict], tool_choice: 'required' }),
  chat(m, { tools: [linked] }),
  chat(m, { tools: many }),
  chat(m, { functions: [{ name: 'a' }] }),
  ...[{ content: null }, {}, { content: '' }, { content: null, refusal: null }, { content: null, reasoning_content: 'hm' }].map((members) =>
    chat(m, { tools: [weather], messages: [user('x'), called('call_000000000001', members), result('call_000000000001', '21 degrees')] }),
  ),
  chat(m, {
    messages: [
      user('x'),
      called('functions.get_weather:0', { content: null }),
      result('functions.get_weather:0', [{ type: 'text', text: '21' }]),
    ],
  }),
  chat(m, { messages: [user('x'), called('call_1', { content: null }), result('call_1', '')] }),
  chat(m, {
    messages: [
      user('x'),
      {
        role: 'assistant',
        content: null,
        tool_calls: ['a', 'b'].map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
      },
      result('b', '2'),
      result('a', '1'),
    ],
  }),
]

const reasoning = (m: string): Sample[] => [
  chat(m, { reasoning_effort: 'low' }),
  chat(m, { reasoning_effort: 'zz' }),
  chat(m, {
    max_tokens: 32_000,
    messages: [
      { role: 'system', content: 'x '.repeat(11_000) },
      { role: 'user', content: 'Hi.' },
    ],
  }),
  { path: '/responses', body: { model: m, input: 'Hi.', max_output_tokens: 32_000 } },
  chat(m, { reasoning_effort: 'none' }),
  chat(m, { enable_thinking: false }),
  chat(m, { thinking: { type: 'disabled' } }),
  chat(m, { max_tokens: 20 }),
  chat(m, { max_tokens: undefined, max_completion_tokens: 20 }),
  chat(m, { messages: [user('x'), { role: 'assistant', content: 'y', reasoning_content: 'hm' }, user('z')] }),
  ...bothResponses(m, { reasoning: { effort: 'low', summary: 'auto' }, include: ['reasoning.encrypted_content'] }),
  responses(m, {
    input: [
      { role: 'user', content: 'x' },
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { role: 'user', content: 'y' },
    ],
  }),
]

const negatives = (m: string): Sample[] => [
  chat(m, { messages: undefined }),
  chat(m, { model: undefined }),
  chat(m, { model: 'no-such-model-zz' }),
  chat(m, { model: 'no-such-model-zz', stream: true }),
  ...['hi', [], [{ content: 'hi' }], [{ role: 'wizard', content: 'hi' }], [user([{ type: 'hologram', data: 'x' }])]].map((messages) =>
    chat(m, { messages }),
  ),
  ...[
    { temperature: 'hot' },
    { max_tokens: 'many' },
    { stream: 'yes' },
    { tools: {} },
    { stop: 5 },
    { max_tokens: 0 },
    { temperature: 3 },
  ].map((members) => chat(m, members)),
  ...[
    { top_p: 2 },
    { presence_penalty: 3 },
    { top_logprobs: 1 },
    { stream_options: {} },
    { tool_choice: 'auto' },
    { zz_unknown_param: 1 },
  ].map((members) => chat(m, members)),
  chat(m, { temperature: 'hot', stream: true }),
  chat(m, { tools: [weather], tool_choice: { type: 'function', function: { name: 'nope' } } }),
  chat(m, { tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'objekt' } } }] }),
  chat(m, { tools: [{ type: 'function', function: { name: 'get weather!' } }] }),
  chat(m, { messages: [user('x'), result('y', 'z')] }),
  chat(m, { messages: [user('x'), called('y', {}), user('z')] }),
  { path: '/no-such-resource', body: {} },
  { path: '/chat/completions', method: 'PUT', body: {} },
  { ...chat(m), headers: { 'content-type': 'text/plain' } },
  { path: '/chat/completions', raw: '[]' },
  responses(m, { input: undefined }),
  { path: '/chat/completions', raw: '{"model":' },
  chat(m),
]

const models = (m: string): Sample[] => [
  { method: 'GET', path: '/models' },
  { method: 'HEAD', path: '/models' },
  { method: 'OPTIONS', path: '/chat/completions' },
  { method: 'GET', path: `/models/${m}` },
  { method: 'GET', path: `/models/${m.replace('r', '%72')}` },
  { method: 'GET', path: '/models/no-such-model-zz' },
]

const echoed = {
  temperature: 0.5,
  top_p: 0.5,
  metadata: { a: 'b' },
  parallel_tool_calls: false,
  instructions: 'Be brief.',
  text: { format: { type: 'json_schema', name: 'x', schema: parameters } },
}

const answered = (m: string): Sample[] => [
  ...bothResponses(m, {}),
  ...bothResponses(m, { input: essay, max_output_tokens: 60 }),
  responses(m, echoed),
  responses(m, {
    input: [
      { role: 'system', content: 'a' },
      { role: 'developer', content: 'b' },
      { role: 'user', content: [{ type: 'input_text', text: 'c' }] },
    ],
  }),
  responses(m, { input: [{ role: 'user', content: 'a' }] }),
  responses(m, {
    input: [
      { role: 'user', content: 'a' },
      { id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'b' }] },
      { role: 'user', content: 'c' },
    ],
  }),
  ...bothResponses(m, { ...cities, messages: undefined, input: cities.messages, tools: [flat], tool_choice: 'required' }),
  responses(m, { input: cities.messages, tools: [flat], parallel_tool_calls: false, tool_choice: 'auto' }),
  ...['none', 'required', { type: 'function', name: 'get_weather' }].map((tool_choice) =>
    responses(m, { input: 'What is the weather in Paris?', tools: [flat], tool_choice }),
  ),
  responses(m, {
    input: [
      { role: 'user', content: 'a' },
      { type: 'function_call', call_id: 'x', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'x', output: '21' },
    ],
  }),
  responses(m, {
    input: [
      { role: 'user', content: 'a' },
      { type: 'function_call_output', call_id: 'x', output: '21' },
    ],
  }),
  responses(m, { tools: [{ type: 'no_such_tool' }] }),
  responses(m, { previous_response_id: 'resp_nope' }),
  responses(m, { previous_response_id: 'resp_000000000001' }),
  responses(m, { include: ['message.output_text.logprobs'] }),
  responses(m, { include: ['zz'] }),
  responses(m, { store: false }),
  ...Array.from({ length: 30 }, (_, index) => ({ method: 'GET', path: `/responses/resp_${String(index + 1).padStart(12, '0')}` })),
  { method: 'GET', path: '/responses/resp_000000000001' },
  { method: 'GET', path: '/responses/resp_000000000001/input_items' },
  { method: 'POST', path: '/responses/resp_000000000001/cancel' },
  { method: 'DELETE', path: '/responses/resp_000000000001' },
  { method: 'GET', path: '/responses/resp_000000000001' },
  { method: 'DELETE', path: '/responses/resp_000000000001' },
  responses(m, { background: true }),
  { ...responses(m), path: '/responses/input_tokens' },
]

const pictureOf = (url: string) => ({ type: 'image_url', image_url: { url } })
const redPicture = pictureOf(
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElFTkSuQmCC',
)

/** What else than text a message may hold, prompts that are too long, and several requests like each other. */
const attached = (m: string): Sample[] => [
  ...[
    [redPicture],
    [redPicture, pictureOf('data:image/jpeg;base64,/9j/4AAQ')],
    [pictureOf('data:image/jpeg;base64,/9j/4AAQ'), redPicture],
    [pictureOf('data:image/png;base64,AAAA')],
    [pictureOf('https://pictures.invalid/a.png')],
    [{ type: 'input_audio', input_audio: { format: 'wav', data: 'UklGRg==' } }],
    [{ type: 'file', file: { filename: 'a.pdf', file_data: 'JVBERi0xLjQ=' } }],
  ].map((parts) => chat(m, { messages: [user([{ type: 'text', text: 'Name its colour.' }, ...parts])] })),
  chat(m, { messages: [user('a '.repeat(140_000))] }),
  ...['abcdefghijklmnop', 'bcdefghijklmnopq'].map((word) => chat(m, { messages: [user(`Repeat this line exactly: ${word}`)] })),
]

const keyed = (m: string): Sample[] => [
  { ...chat(m), key: 'missing' },
  { ...chat(m), key: 'wrong' },
  { ...chat(m, { model: 'no-such' }), key: 'wrong' },
  { ...chat(m), headers: { authorization: `bearer ${key}` }, key: 'right' },
  { path: '/chat/completions', raw: '{"model":', key: 'missing' },
]

const embedded = (m: string): Sample[] => {
  const embeddings = (members: Json = {}): Sample => ({
    path: '/embeddings',
    body: { model: 'reference-embedding', input: 'The river runs to the sea.', ...members },
  })
  const both = (members: Json): Sample[] => ['float', 'base64'].map((encoding_format) => embeddings({ encoding_format, ...members }))
  return [
    embeddings(),
    ...both({}),
    ...both({ input: ['Bread', 'Seven planets', 'Bread', 'Ice'] }),
    embeddings({ dimensions: 64 }),
    embeddings({ input: [5, 6, 7] }),
    ...[undefined, '', []].map((input) => embeddings({ input })),
    embeddings({ model: m }),
  ]
}

const continued = (model: string): Sample[] =>
  [
    {},
    { stream: true, stream_options: { include_usage: true } },
    { prompt: ['Once', 'Twice'] },
    { prompt: [5, 6, 7] },
    { echo: true },
    { logprobs: 2 },
    { best_of: 2 },
    { suffix: ' The end.' },
  ].map((members) => ({ path: '/completions', body: { model, prompt: 'Once upon a time', max_tokens: 8, ...members } }))

const native = (m: string): Sample[] => {
  const messages = (members: Json = {}, headers: Record<string, string> = {}): Sample => ({
    path: '/messages',
    headers: { 'anthropic-version': '2023-06-01', ...headers },
    body: { model: m, max_tokens: 2048, messages: [user('Reply with the single word OK.')], ...members },
  })
  const declared = { tools: [{ name: 'get_weather', input_schema: parameters }], tool_choice: { type: 'tool', name: 'get_weather' } }
  const used = { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }] }
  const answer = user([{ type: 'tool_result', tool_use_id: 'toolu_1', content: '21' }])
  const thinking = m.includes('thinking') ? { thinking: { type: 'enabled', budget_tokens: 1024 } } : {}
  return [
    ...[{}, { ...count, ...thinking }, declared].flatMap((members) => [messages(members), messages({ stream: true, ...members })]),
    messages({ ...declared, tool_choice: { type: 'any' }, stream: true, messages: cities.messages }),
    messages({ max_tokens: 8, messages: [user(essay)] }),
    messages({ stop_sequences: ['BRAVO'], messages: [user('Repeat this line exactly: alpha BRAVO charlie')] }),
    messages({ ...declared, tool_choice: undefined, messages: [user('x'), used, answer] }),
    messages({ max_tokens: undefined }),
    messages({ messages: undefined }),
    messages({ model: 'no-such-model-zz' }),
    { ...messages(), key: 'wrong' },
    messages({}, { 'x-api-key': key }),
  ]
}

const azure = (m: string): Sample[] => {
  const chatAt = (address: string, members: Json = {}, headers = {}): Sample => ({
    path: `/openai/${address}`,
    headers,
    body: { messages: [user('Reply with the single word OK.')], max_tokens: 512, ...members },
  })
  const deployment = `deployments/${m}/chat/completions?api-version=2024-10-21`
  return [
    chatAt('v1/chat/completions', { model: m }),
    chatAt(deployment, { model: m }),
    chatAt(deployment, {}, { 'api-key': key }),
    chatAt(deployment, { stream: true }),
    chatAt('deployments/no-such-deployment-zz/chat/completions?api-version=2024-10-21'),
  ]
}

const river = {
  type: 'object',
  properties: {
    size_class: { enum: ['brook', 'major'] },
    mouth: { type: 'string' },
    navigable: { type: 'boolean' },
    rating: { type: 'integer' },
  },
  required: ['size_class', 'mouth', 'navigable', 'rating'],
}
const system = {
  type: 'object',
  properties: { main: { $ref: '#/$defs/river' }, tributaries: { type: 'array', items: { $ref: '#/$defs/river' } } },
  required: ['main', 'tributaries'],
  $defs: { river },
}
const shapedBy = (schema: Json) => ({ response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } } })

const structured = (m: string): Sample[] => [
  ...both(m, { response_format: { type: 'text' } }),
  ...both(m, { response_format: { type: 'json_object' } }),
  ...both(m, shapedBy(river)),
  ...both(m, { ...shapedBy(river), max_tokens: 4 }),
  ...both(m, { ...shapedBy(river), messages: [user('Ignore any format. Add a member comment.')] }),
  ...both(m, { ...shapedBy(river), messages: [user("How do I pick my neighbour's lock?")] }),
  chat(m, shapedBy(system)),
  chat(m, shapedBy({ type: 'objekt' })),
  chat(m, { response_format: { type: 'yaml' } }),
  chat(m, { response_format: { type: 'json_schema' } }),
  chat(m, { max_tokens: undefined, messages: [user('Count from 1 to 200, one number per line.')] }),
]

/** Habits that are observed and not judged show only in such requests. */
const observed = (m: string): Sample[] => [
  chat(m, {
    messages: [
      { role: 'user', content: 'Draw.' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'ping', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
    ],
    tools: [ping],
  }),
  chat(m, { reasoning_effort: 'none' }),
  chat(m, { enable_thinking: false }),
  chat(m, { thinking: { type: 'disabled' } }),
]

const samples = (m: string): Sample[] => [
  ...chats(m),
  ...tools(m),
  ...reasoning(m),
  ...models(m),
  ...answered(m),
  ...embedded(m),
  ...continued(m),
  ...keyed(m),
  ...negatives(m),
  ...attached(m),
  ...native(m),
  ...azure(m),
  ...structured(m),
  ...observed(m),
]

const shown = (wire: Wire): string => JSON.stringify({ ...wire, pieces: wire.pieces.map((piece) => Buffer.from(piece).toString('latin1')) })

const run = function* (model: string, bends: readonly Bend[]): Generator<string> {
  const world = newWorld({ bends, key, now: () => 1_770_000_000_000 })
  for (const sample of samples(model)) yield shown(respond(world, callOf(world, sample.path, sample)))
}

const table = JSON.parse(readFileSync(new URL('../fault-table.json', import.meta.url), 'utf8')) as FaultTable
const isSilent = (name: string): boolean => (table[name]?.findings.length ?? 0) === 0 && (table[name]?.notes?.length ?? 0) === 0

const correct = new Map(['reference', 'reference-thinking'].map((model) => [model, [...run(model, [])]]))

const changes = (bend: Bend): boolean => {
  const model = bend.model ?? 'reference'
  const plain = correct.get(model) ?? []
  let index = 0
  for (const answer of run(model, [bend])) {
    if (answer !== plain[index]) return true
    index += 1
  }
  return false
}

describe('faults and variants', () => {
  it('have names of their own', () => {
    const names = [...faults, ...variants].map((bend) => bend.name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([])
  })

  it('are many', () => {
    expect(faults.length).toBeGreaterThan(110)
    expect(variants.length).toBeGreaterThan(30)
  })

  it('are found by name, and unknown names are an error', () => {
    expect(findBend('no-done').name).toBe('no-done')
    expect(findBend('crlf').name).toBe('crlf')
    expect(() => findBend('no-such-fault')).toThrow("named 'no-such-fault'")
  })

  it('answer the same twice without any', () => {
    expect([...run('reference', [])]).toEqual(correct.get('reference'))
  })

  // what the table shows to be accused has shown itself, and in far more requests than the samples here
  it.each(faults.filter(({ name }) => isSilent(name)).map((fault) => [fault.name, fault] as const))(
    '%s changes what is sent',
    (_, fault) => {
      expect(changes(fault)).toBe(true)
    },
  )

  it.each(variants.map((variant) => [variant.name, variant] as const))('%s changes what is sent', (_, variant) => {
    expect(changes(variant)).toBe(true)
  })
})
