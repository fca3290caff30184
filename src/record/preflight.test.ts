import { expect, test } from 'vitest'
import type { Endpoint, Exchange, Trait } from '../types.ts'
import { cutBeforeAnswer, findTraits, mayOnlyStream } from './preflight.ts'

const exchange = (
  body: unknown,
  {
    status = 200,
    endpoint = 'POST /chat/completions' as Endpoint,
    request = { max_tokens: 16, temperature: 0 } as unknown,
    type = 'application/json',
  } = {},
): Exchange => ({
  probe: 's/p',
  attempt: 1,
  step: 0,
  try: 1,
  auth: 'target',
  request: { endpoint, url: 'http://h/', headers: [], body: Buffer.from(JSON.stringify(request)), sentAtMs: 0 },
  outcome: {
    kind: 'response',
    status,
    headers: [['content-type', type]],
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    reads: { atMs: [], ends: [] },
    end: 'complete',
    headersAtMs: 0,
    endAtMs: 0,
  },
})
const chat = (message: object, finish = 'stop', usage?: object) =>
  exchange({ choices: [{ index: 0, message, finish_reason: finish }], usage })
const found = (of: Exchange, known: Trait[] = []) => findTraits(of, new Set(known)).map(({ name }) => name)
const refusal = (message: unknown, param: unknown = null, status = 400, request?: unknown) =>
  exchange({ error: { message, param } }, { status, ...(request === undefined ? {} : { request }) })

test.each([
  ['reasoning_content', { reasoning_content: 'Hm.', content: null }],
  ['reasoning', { reasoning: 'Hm.', content: 'OK' }],
  ['reasoning_details', { reasoning_details: [{ type: 'x' }] }],
  ['a think tag', { content: ' <think>\nHm.' }],
])('thoughts show in %s', (_, message) => {
  expect(found(chat(message))).toEqual(['thinks'])
  expect(found(chat(message), ['thinks'])).toEqual([])
})

test('thoughts show in the usage, in a stream, and in the output of Responses', () => {
  expect(found(chat({ content: 'OK' }, 'stop', { completion_tokens_details: { reasoning_tokens: 3 } }))).toEqual(['thinks'])
  const chunk = JSON.stringify({ choices: [{ index: 0, delta: { reasoning_content: 'Hm.' } }] })
  expect(found(exchange(`data: ${chunk}\n\ndata: [DONE]\n\n`, { type: 'text/event-stream' }))).toEqual(['thinks'])
  expect(found(exchange({ output: [{ type: 'reasoning' }] }, { endpoint: 'POST /responses' }))).toEqual(['thinks'])
  expect(
    found(exchange({ output: [], usage: { output_tokens_details: { reasoning_tokens: 1 } } }, { endpoint: 'POST /responses' })),
  ).toEqual(['thinks'])
})

test.each([
  { content: 'I think <think> is a tag', reasoning: '' },
  { content: 'OK', reasoning_content: null, reasoning_details: [] },
  { content: 'OK', reasoning: { effort: 'low' } },
])('no thoughts in %j', (message) => {
  expect(found(chat(message, 'stop', { completion_tokens_details: { reasoning_tokens: 0 } }))).toEqual([])
})

test('a refused member is found by its name in the message or the param', () => {
  const message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
  expect(found(refusal(message, 'max_tokens'))).toEqual(['max-completion-tokens'])
  expect(found(refusal('No.', 'temperature'))).toEqual(['no-temperature'])
  expect(found(refusal(message, null, 400, { max_completion_tokens: 16 }))).toEqual([])
  expect(found(refusal('temperature', null, 400, {}))).toEqual([])
  expect(found(refusal('model not found', 'model', 404))).toEqual([])
})

test('a cut before the answer', () => {
  expect(cutBeforeAnswer(chat({ content: '' }, 'length'))).toBe(true)
  expect(cutBeforeAnswer(chat({ content: null, reasoning_content: 'Hm' }, 'length'))).toBe(true)
  expect(cutBeforeAnswer(chat({ content: 'O' }, 'length'))).toBe(false)
  expect(cutBeforeAnswer(chat({ content: '' }, 'stop'))).toBe(false)
  expect(cutBeforeAnswer(exchange({ choices: [{ index: 0, text: '', finish_reason: 'length' }] }, { endpoint: 'POST /completions' }))).toBe(
    false,
  )
  const responses = (body: unknown) => cutBeforeAnswer(exchange(body, { endpoint: 'POST /responses' }))
  expect(responses({ status: 'incomplete', output: [{ type: 'reasoning' }] })).toBe(true)
  expect(responses({ status: 'incomplete', output: [{ type: 'message' }] })).toBe(false)
  expect(responses({ status: 'completed', output: [] })).toBe(false)
})

test.each([
  null,
  1,
  'x',
  [],
  {},
  { choices: null },
  { choices: [null] },
  { choices: [{ message: null, finish_reason: 'length' }] },
  { output: [null] },
  { status: 'incomplete', output: [null] },
  { error: null },
  { error: 'no' },
  { error: { message: {} } },
  '{"torn',
])('no answer makes it throw: %j', (body) => {
  for (const status of [200, 400]) {
    for (const endpoint of ['POST /chat/completions', 'POST /responses'] as const) {
      const one = exchange(body, { status, endpoint })
      expect(() => [findTraits(one, new Set()), cutBeforeAnswer(one)]).not.toThrow()
    }
  }
})

test('a Messages endpoint, and one of Azure', () => {
  const messages = (body: object) => exchange({ type: 'message', ...body }, { endpoint: 'POST /messages' })
  const thoughts = [{ type: 'thinking', thinking: 'hm' }]
  expect(findTraits(messages({ content: thoughts }), new Set()).map(({ name }) => name)).toEqual(['thinks'])
  expect(cutBeforeAnswer(messages({ content: thoughts, stop_reason: 'max_tokens' }))).toBe(true)
  expect(cutBeforeAnswer(messages({ content: [{ type: 'text', text: 'a' }], stop_reason: 'max_tokens' }))).toBe(false)
  expect(cutBeforeAnswer(messages({ content: [], stop_reason: 'end_turn' }))).toBe(false)
  const one = exchange({ choices: [] })
  const headed = { ...one, outcome: { ...one.outcome, headers: [['X-Ms-Region', 'Nowhere']] as const } } as typeof one
  expect(findTraits(headed, new Set())).toEqual([{ name: 'azure', how: 'answers have x-ms-region' }])
  expect(findTraits(headed, new Set(['azure']))).toEqual([])
})

test('a refusal after which a stream is worth asking for', () => {
  for (const status of [400, 415, 422, 501]) {
    expect(mayOnlyStream(refusal('This model does not support non-streaming calls.', null, status))).toBe(true)
    expect(mayOnlyStream(refusal('No.', null, status))).toBe(status !== 501)
    expect(mayOnlyStream(refusal('Unknown model.', null, status))).toBe(false)
  }
  for (const status of [200, 401, 403, 404, 405, 429, 500]) expect(mayOnlyStream(refusal('Only stream.', null, status))).toBe(false)
  expect(mayOnlyStream(exchange({ detail: 'stream' }, { status: 400, endpoint: 'POST /embeddings' }))).toBe(false)
  for (const endpoint of ['POST /responses', 'POST /completions', 'POST /messages'] as const)
    expect(mayOnlyStream(exchange({ detail: 'stream' }, { status: 400, endpoint }))).toBe(true)
  expect(mayOnlyStream({ ...refusal('x'), outcome: { kind: 'failure', code: 'ECONNRESET', message: '', atMs: 0 } })).toBe(false)
})
