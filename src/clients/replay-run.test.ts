import { expect, test } from 'vitest'
import { exchange, probe, suite, transcript } from '../testing/exchanges.ts'
import type { Exchange, Probe } from '../types.ts'
import { replayRun } from './replay-run.ts'

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const good = `${event({ choices: [{ index: 0, delta: { content: 'a' } }] })}${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}`
const endless = event({ choices: [{ index: 0, delta: { content: 'a' } }] })
const request = { model: 'm', messages: [{ role: 'user', content: 'Hi.' }], stream: true }

const replayed = async (
  exchanges: readonly Exchange[],
  plan: readonly Probe[] = [probe()],
  traits: Parameters<typeof transcript>[2] = [],
) => {
  const [replay] = await replayRun({
    suites: [suite([], plan)],
    transcript: transcript(exchanges, plan, traits),
    clients: ['opencode-1.18'],
  })
  return replay?.outcomes.map(({ result, symptom }) => `${result} ${symptom}`)
}

test('streams in earnest are replayed, once per request', async () => {
  expect(await replayed([exchange({ request, body: good })])).toEqual(['works works'])
  expect(await replayed([exchange({ request, body: endless })])).toEqual(['breaks loops'])
  expect(await replayed([exchange({ request, status: 429, body: '{}' }), exchange({ request, body: good, try: 2 })])).toEqual([
    'works works',
  ])
})

test('what OpenCode never sends is left out', async () => {
  expect(await replayed([exchange({ request: { ...request, stream: false }, body: endless })])).toEqual([])
  expect(await replayed([exchange({ request: { ...request, n: 2 }, body: endless })])).toEqual([])
  expect(await replayed([exchange({ request, body: endless })], [probe({ breaks: 'messages' })])).toEqual([])
  expect(await replayed([exchange({ request, body: endless, endpoint: 'POST /completions' })])).toEqual([])
  expect(await replayed([exchange({ request, body: endless, probe: 'other/probe' })])).toEqual([])
})

test('a refusal ends every turn, when it is of a request that OpenCode sends', async () => {
  const refused = { status: 400, body: '{"error":{"message":"no"}}' }
  expect(await replayed([exchange({ request, ...refused })])).toEqual(['breaks refused'])
  expect(await replayed([exchange({ request: { ...request, seed: 1 }, ...refused })])).toEqual([])
  const cold = exchange({ request: { ...request, temperature: 0 }, status: 400, body: '{"error":{"message":"temperature"}}' })
  expect(await replayed([cold])).toEqual([])
  const plain = { ...request, stream: false }
  const taken = exchange({ request: plain, body: '{}' })
  expect(await replayed([taken, exchange({ request: plain, attempt: 2, ...refused })])).toEqual(['breaks refused'])
  expect(await replayed([exchange({ request: plain, ...refused }), exchange({ request, attempt: 2, body: good })])).toEqual([
    'unknown refused',
    'works works',
  ])
  expect(await replayed([exchange({ request, status: 429, body: '{}' })])).toEqual(['unknown retried'])
})

test('an API that an endpoint does not have is not held against it', async () => {
  const plan = [probe(), probe({ id: 's/q', endpoint: 'POST /responses' })]
  const absent = exchange({
    probe: 's/q',
    endpoint: 'POST /responses',
    request: { model: 'm', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi.' }] }], stream: true },
    status: 404,
    body: '{}',
  })
  expect(await replayed([exchange({ request, body: good }), absent], plan)).toEqual(['works works'])
  expect(await replayed([absent], plan)).toEqual(['breaks no-such-endpoint'])
})

test('a model that refuses max_tokens refuses every turn', async () => {
  expect(await replayed([exchange({ request, body: good })], [probe()], ['max-completion-tokens'])).toEqual([
    'works works',
    'breaks refuses-what-is-always-sent',
  ])
})
