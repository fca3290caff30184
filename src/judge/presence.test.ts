import { expect, test } from 'vitest'
import { type ExchangeInput, exchange, probe } from '../testing/exchanges.ts'
import type { Endpoint, Probe, Trait } from '../types.ts'
import { gatherFacts, unusable } from './presence.ts'

const chat: Endpoint = 'POST /chat/completions'
const responses: Endpoint = 'POST /responses'
const error = { error: { message: 'No.' } }

const baseline = (endpoint: Endpoint): Probe => probe({ id: endpoint, baseline: true, endpoint })
const facts = (inputs: readonly ExchangeInput[], probes: readonly Probe[], declared: readonly Trait[] = []) =>
  gatherFacts(
    inputs.map((input) => exchange({ probe: input.endpoint ?? chat, ...input })),
    probes,
    declared,
  )
const endpoints = (inputs: readonly ExchangeInput[], asked: readonly Endpoint[]) =>
  facts(inputs, asked.map(baseline)).endpoints.map(({ presence, reason }) => (reason === undefined ? presence : `${presence}: ${reason}`))

test('an endpoint that answered is there, whatever came before', () => {
  expect(endpoints([{ status: 500 }, { step: 1, status: 299 }], [chat])).toEqual(['answered'])
  expect(endpoints([{ end: 'timeout' }], [chat])).toEqual(['answered'])
  expect(endpoints([{ end: 'timeout', body: '' }], [chat])).toEqual([
    'untestable: was asked once without success: no byte of the body in time',
  ])
  expect(endpoints([{ end: 'truncated', body: '' }], [chat])).toEqual(['answered'])
})

test('only what makes a model answer counts', () => {
  const models: Endpoint = 'GET /models'
  const inputs = [{ endpoint: models }, { endpoint: responses, status: 404 }]
  expect(endpoints(inputs, [models, responses])).toEqual(['untestable: answered 200', 'untestable: answered 404'])
})

test.each([404, 405, 501])('%i at the baseline is absent, where another endpoint answers', (status) => {
  expect(endpoints([{}, { endpoint: responses, status }], [chat, responses])).toEqual(['answered', `absent: answered ${status}`])
  expect(endpoints([{ endpoint: responses, status }], [responses])).toEqual([`untestable: answered ${status}`])
})

test.each([
  'Model m not found',
  'is not supported here',
  'not available',
  'not implemented',
  'does not exist',
  'does not work with it',
  'does not support it',
  'Unknown URL',
  'unknown path',
  'unknown endpoint',
  'unknown model',
  'unsupported model',
  'unsupported operation',
  'Invalid URL',
])('a refusal that says "%s" is absent', (message) => {
  const inputs = (status: number) => [{}, { endpoint: responses, status, body: { error: { message } } }]
  const said = `answered 400: ${message}`
  expect(endpoints(inputs(400), [chat, responses])).toEqual(['answered', 'absent: answered 400'])
  expect(endpoints(inputs(499), [chat, responses])).toEqual(['answered', 'absent: answered 499'])
  expect(endpoints(inputs(500), [chat, responses])).toEqual(['answered', `untestable: ${said.replace('400', '500')}`])
})

test.each([
  [400, 'untestable: answered 400: No.'],
  [399, 'untestable: answered 399: No.'],
  [401, 'untestable: no key was given, and the answer was 401'],
  [403, 'untestable: no key was given, and the answer was 403'],
  [429, 'untestable: answered 429 after pacing'],
  [503, 'untestable: answered 503 after pacing'],
])('%i is untestable: %s', (status, presence) => {
  expect(endpoints([{}, { endpoint: responses, status, body: error }], [chat, responses])[1]).toBe(presence)
})

test.each([401, 403, 429])('%i is not absent, whatever it says', (status) => {
  const body = { error: { message: 'model not found' } }
  expect(endpoints([{}, { endpoint: responses, status, body }], [chat, responses])[1]).toMatch(/^untestable/)
})

test('only the first step of the baseline decides', () => {
  const refused = 'untestable: was asked once and refused with 404'
  expect(endpoints([{}, { endpoint: responses, step: 1, status: 404 }], [chat, responses])[1]).toBe(refused)
  expect(endpoints([{}, { probe: 's/other', endpoint: responses, status: 404 }], [chat, responses])[1]).toBe(refused)
  expect(endpoints([{}], [chat, responses])[1]).toBe('untestable: was not asked')
  expect(facts([{ status: 404 }], [probe({ id: chat })]).endpoints).toEqual([])
})

test('nothing came at all', () => expect(endpoints([{ failure: 'ECONNREFUSED' }], [chat])).toEqual(['untestable: ECONNREFUSED: no']))

test.each<Endpoint>(['POST /completions', 'POST /embeddings'])('%s may be declined in an orderly way', (endpoint) => {
  for (const status of [400, 415, 422, 501]) {
    expect(endpoints([{ endpoint, status, body: error }], [endpoint])).toEqual([`absent: answered ${status}: No.`])
    expect(endpoints([{ endpoint, status, body: '<html>' }], [endpoint])).toEqual([`untestable: answered ${status}`])
  }
  for (const status of [404, 405])
    expect(endpoints([{ endpoint, status, body: error }], [endpoint])).toEqual([`untestable: answered ${status}: No.`])
  expect(endpoints([{}, { endpoint, status: 400, body: error }], [chat, endpoint])[1]).toBe('absent: answered 400: No.')
  expect(endpoints([{}, { endpoint, status: 418, body: error }], [chat, endpoint])[1]).toBe('untestable: answered 418: No.')
})

test('what an error says is told, up to a length', () => {
  const said = (body: unknown) => endpoints([{ status: 400, body }], [chat])[0]
  expect(said({ error: { message: 'x'.repeat(300) } })).toBe(`untestable: answered 400: ${'x'.repeat(200)}`)
  for (const body of [{ error: 'no' }, { error: null }, { error: { message: 5 } }, null, 'text', {}])
    expect(said(body)).toBe('untestable: answered 400')
})

const traitsOf = (inputs: readonly ExchangeInput[], declared: readonly Trait[] = []) => [...facts(inputs, [], declared).traits].sort()

test.each<[Endpoint, Trait]>([
  [chat, 'chat'],
  [responses, 'responses'],
  ['POST /completions', 'completions'],
  ['POST /embeddings', 'embeddings'],
  ['POST /messages', 'messages'],
])('%s answered gives %s', (endpoint, trait) => {
  expect(traitsOf([{ endpoint }])).toEqual([trait])
  expect(traitsOf([{ endpoint, status: 300 }])).toEqual([])
  expect(traitsOf([{ endpoint, status: 199 }])).toEqual([])
  expect(traitsOf([{ endpoint, failure: 'ECONNRESET' }])).toEqual([])
})

test('tools are those of Chat Completions that were answered', () => {
  const request = { tools: [{ type: 'function' }] }
  expect(traitsOf([{ request }])).toEqual(['chat', 'tools'])
  expect(traitsOf([{ request: { tools: [] } }])).toEqual(['chat'])
  expect(traitsOf([{ request, status: 400 }])).toEqual([])
  expect(traitsOf([{ request, endpoint: responses }])).toEqual(['responses'])
  expect(traitsOf([], ['key'])).toEqual(['key'])
})

const wrong = probe({ id: 's/wrong', breaks: 'model' })
const listing = (data: unknown, status = 200): ExchangeInput => ({ probe: 's/list', endpoint: 'GET /models', status, body: data })
const single = (inputs: readonly ExchangeInput[], declared: readonly Trait[] = []) => {
  const { traits, found } = facts(inputs, [wrong, probe({ id: 's/right' })], declared)
  return [traits.has('single-model'), found.length] as const
}

test('one model under any name: one is listed, and a wrong name is served', () => {
  const one = listing({ data: [{}] })
  const served = { probe: 's/wrong' }
  expect(single([one, served])).toEqual([true, 1])
  expect(single([one, served], ['single-model'])).toEqual([true, 0])
  expect(single([one, { probe: 's/right' }])).toEqual([false, 0])
  expect(single([one, { ...served, step: 1 }])).toEqual([false, 0])
  expect(single([one, { ...served, status: 404 }])).toEqual([false, 0])
  expect(single([listing({ data: [{}, {}] }), served])).toEqual([false, 0])
  expect(single([listing({ data: [{}] }, 500), served])).toEqual([false, 0])
  expect(single([listing({ data: {} }), served])).toEqual([false, 0])
  expect(single([listing('text'), served])).toEqual([false, 0])
  expect(single([{ ...one, endpoint: 'GET /other' }, served])).toEqual([false, 0])
  // the first list counts
  expect(single([one, listing({ data: [] }), served])).toEqual([true, 1])
  expect(facts([one, served], [wrong]).found).toEqual([{ name: 'single-model', how: 'one model is listed, and any name is served' }])
})

test('traffic without a baseline tells how often it was asked, and what came of it', () => {
  const asked = (...statuses: (number | string)[]) =>
    endpoints(
      statuses.map((status, index): ExchangeInput => {
        const answer = typeof status === 'number' ? { status } : { failure: status }
        return { probe: `proxy/000${index}`, endpoint: chat, ...answer }
      }),
      [chat],
    )[0]
  expect(asked(400)).toBe('untestable: was asked once and refused with 400')
  expect(asked(400, 400, 400)).toBe('untestable: was asked 3 times and refused with 400')
  expect(asked(400, 501, 400)).toBe('untestable: was asked 3 times and refused with 400 (2 times), 501')
  expect(asked(400, 500)).toBe('untestable: was asked 2 times without success: 400, 500')
  expect(asked('ECONNRESET')).toBe('untestable: was asked once without success: ECONNRESET')
  expect(asked(400, 200)).toBe('answered')
})

const plainly = { status: 400, body: { error: { message: 'Set stream to true.' } } }
const streaming = { request: { stream: true } }

test('who refuses a baseline as it is and serves it as a stream has nothing but streams', () => {
  const known = facts([plainly, { attempt: 2, ...streaming }], [baseline(chat)])
  expect(known.endpoints).toEqual([{ endpoint: chat, presence: 'answered' }])
  expect([...known.plainRefusals]).toEqual([[chat, '400 Set stream to true.']])
  expect(known.found).toEqual([
    { name: 'stream-only', how: 'POST /chat/completions is refused unless it streams: 400 Set stream to true.' },
  ])
  expect(known.traits.has('stream-only')).toBe(true)
  expect(facts([plainly, streaming], [baseline(chat)], ['stream-only']).found).toEqual([])
})

test('other baselines that failed or streamed say nothing of that', () => {
  const none = (inputs: readonly ExchangeInput[], probes = [baseline(chat)]) => expect(facts(inputs, probes).plainRefusals.size).toBe(0)
  none([plainly, {}])
  none([plainly, { ...streaming, status: 400 }])
  none([{ status: 500 }, streaming])
  none([streaming])
  none([{ ...plainly, ...streaming }, streaming])
  none([plainly, { ...streaming, step: 1 }])
  none([plainly, { ...streaming, probe: 's/other' }], [baseline(chat), probe({ id: 's/other', baseline: true })])
  none([plainly, streaming], [probe({ id: chat })])
  // it was not ready for the first request only
  none([plainly, streaming, { probe: 's/other' }])
  // the words of the first refusal stay, and an endpoint that was given up says why
  expect(endpoints([plainly, { ...streaming, status: 404, body: error }], [chat])).toEqual([
    'untestable: answered 400: Set stream to true.',
  ])
})

test('what cannot be used says why', () => {
  expect(unusable(exchange({ failure: 'ECONNRESET' }))).toBe('ECONNRESET: no')
  for (const status of [401, 403]) {
    expect(unusable(exchange({ status }))).toBe(`no key was given, and the answer was ${status}`)
    expect(unusable({ ...exchange({ status }), auth: 'none' })).toBeUndefined()
  }
  for (const status of [429, 503]) expect(unusable(exchange({ status }))).toBe(`answered ${status} after pacing`)
  expect(unusable(exchange({ end: 'timeout', body: '' }))).toBe('no byte of the body came in time')
  expect(unusable(exchange({ end: 'timeout' }))).toBeUndefined()
  expect(unusable(exchange({ end: 'truncated', body: '' }))).toBeUndefined()
  expect(unusable(exchange({ status: 500 }))).toBeUndefined()
})
