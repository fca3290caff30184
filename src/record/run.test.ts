import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { load, record } from '../index.ts'
import { listenHttp, targetOf } from '../transport/loopback.ts'
import type { Outgoing, Transport } from '../transport/send.ts'
import type { Endpoint, Exchange, JsonObject, Probe, Response, Step, TransportFailure } from '../types.ts'
import { type RunInput, runProbes } from './run.ts'

const chat = 'POST /chat/completions'
const responses = 'POST /responses'

const step = (own: Partial<Step> = {}): Step => ({
  endpoint: chat,
  auth: 'target',
  headers: [],
  body: {},
  expect: [],
  capture: {},
  read: {},
  ...own,
})
const probe = (id: string, own: Partial<Probe> = {}): Probe => ({
  id,
  title: id,
  capability: 'chat',
  attempts: 1,
  baseline: false,
  extra: false,
  requires: [],
  steps: [step()],
  whole: [],
  origin: { file: 'f', line: 1 },
  ...own,
})
const ask = { max_tokens: { $cap: 16 }, temperature: { $sampling: 'deterministic' }, say: '{{nonce}}' }
const chatBase = probe('chat/base', { baseline: true, steps: [step({ body: ask })] })
const responsesBase = probe('responses/base', {
  baseline: true,
  steps: [step({ endpoint: responses, body: { max_output_tokens: { $cap: 16 } } })],
})

type Outcome = Response | TransportFailure
const answer = (body: unknown, status = 200): Response => {
  const bytes = Buffer.from(JSON.stringify(body))
  return {
    kind: 'response',
    status,
    headers: [],
    body: bytes,
    reads: { atMs: [0], ends: [bytes.length] },
    end: 'complete',
    headersAtMs: 0,
    endAtMs: 0,
  }
}
const said = (message: object, finish = 'stop') => answer({ choices: [{ index: 0, message, finish_reason: finish }] })
const ok = () => said({ content: 'OK' })
const refused = (message: string, status = 400) => answer({ error: { message } }, status)
const failure = (code: string): TransportFailure => ({ kind: 'failure', code, message: `${code} h:1`, atMs: 0 })

interface Request {
  readonly endpoint: Endpoint
  readonly body: JsonObject
}

/** Runs probes against a function that answers; tells what was sent, what became of the probes, and how many were in flight at once. */
const run = async (
  probes: readonly Probe[],
  reply: (request: Request, count: number) => Outcome | Promise<Outcome>,
  own: Partial<RunInput> & { jobs?: number } = {},
) => {
  const sent: Request[] = []
  const exchanges: Exchange[] = []
  const states: string[] = []
  let inFlight = 0
  let most = 0
  let letters = 0
  const transport: Transport = {
    send: async ({ endpoint, body }: Outgoing) => {
      const request = { endpoint, body: JSON.parse(String(body ?? 'null')) as JsonObject }
      sent.push(request)
      most = Math.max(most, ++inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      const outcome = await reply(request, sent.length)
      inFlight--
      return outcome
    },
    close: async () => undefined,
  }
  const result = await runProbes({
    probes,
    target: targetOf('http://h/v1', { jobs: own.jobs ?? 1 }),
    transport,
    worthAnotherAttempt: () => false,
    onExchange: (exchange) => exchanges.push(exchange),
    onTraits: (traits) => states.push(`traits ${traits.map(({ name }) => name).join(',')}`.trim()),
    onProbe: ({ probe: { id }, state }) => states.push(`${state} ${id}`),
    signal: new AbortController().signal,
    random: () => `nonce${++letters}`,
    ...own,
  })
  return { ...result, sent, recorded: exchanges, states, most, found: result.traits.map(({ name }) => name) }
}

test('baselines come first, one by one, then the rest; each probe starts and ends', async () => {
  const { states, sent, skipped, exchanges } = await run([chatBase, responsesBase, probe('a/x'), probe('a/y')], ok)
  expect(states).toEqual([
    'started chat/base',
    'started responses/base',
    'traits',
    'ended chat/base',
    'ended responses/base',
    'started a/x',
    'ended a/x',
    'started a/y',
    'ended a/y',
  ])
  expect([sent.length, exchanges, skipped]).toEqual([4, 4, {}])
})

test('a model that thinks is found by its thoughts, and later caps have room for them', async () => {
  const later = probe('a/x', { steps: [step({ body: ask })] })
  const { found, sent } = await run([chatBase, later], () => said({ content: 'OK', reasoning_content: 'Hm.' }))
  expect(found).toEqual(['thinks'])
  expect(sent.map(({ body }) => body.max_tokens)).toEqual([16, 512])
})

test('a cut inside the thoughts is followed by an attempt with more room', async () => {
  const { found, recorded } = await run([chatBase], ({ body }) =>
    said(
      body.max_tokens === 16 ? { content: null, reasoning_content: 'Hm' } : { content: 'OK' },
      body.max_tokens === 16 ? 'length' : 'stop',
    ),
  )
  expect(found).toEqual(['thinks'])
  expect(recorded.map(({ attempt }) => attempt)).toEqual([1, 2])
})

test('an answer that only more room brings shows hidden thoughts', async () => {
  const { found } = await run([chatBase], ({ body }) =>
    said({ content: body.max_tokens === 16 ? '' : 'OK' }, body.max_tokens === 16 ? 'length' : 'stop'),
  )
  expect(found).toEqual(['thinks'])
})

test('where more room brings no answer either, nothing is concluded', async () => {
  const { found, sent } = await run([chatBase, probe('a/x', { steps: [step({ body: ask })] })], () => said({ content: '' }, 'length'))
  expect(found).toEqual([])
  expect(sent.map(({ body }) => body.max_tokens)).toEqual([16, 512, 16])
})

test('refused members are left out or renamed, until the model answers', async () => {
  const reply = ({ body }: Request) => {
    if ('max_tokens' in body) return refused("Use 'max_completion_tokens' instead of max_tokens.")
    if ('temperature' in body) return refused("'temperature' does not support 0 with this model.")
    return body.max_completion_tokens === 16 ? said({ content: '' }, 'length') : ok()
  }
  const { found, sent } = await run([chatBase], reply)
  expect(found).toEqual(['max-completion-tokens', 'no-temperature', 'thinks'])
  expect(sent.map(({ body: { say, ...body } }) => body)).toEqual([
    { max_tokens: 16, temperature: 0 },
    { max_completion_tokens: 16, temperature: 0 },
    { max_completion_tokens: 16 },
    { max_completion_tokens: 512 },
  ])
})

test('a model that only streams is asked for a stream, and its other steps as they are', async () => {
  const second = probe('chat/base', { baseline: true, steps: [step({ body: ask }), step({ body: { second: true } })] })
  const reply = ({ body }: Request) => (body.stream ? ok() : refused('This model only supports stream mode.'))
  const { sent, skipped, recorded, states } = await run([second, probe('a/x')], reply)
  expect(sent.map(({ body }) => body)).toEqual([
    { max_tokens: 16, temperature: 0, say: 'nonce2' },
    { max_tokens: 16, temperature: 0, say: 'nonce3', stream: true },
    { second: true },
    {},
  ])
  expect(recorded.map(({ attempt, step: at }) => [attempt, at])).toEqual([
    [1, 0],
    [2, 0],
    [2, 1],
    [1, 0],
  ])
  expect(skipped).toEqual({})
  expect(states).toContain('ended a/x')
})

test('what else is refused is mended in the stream too', async () => {
  const reply = ({ body }: Request) =>
    !body.stream ? refused('Set stream to true.') : 'max_tokens' in body ? refused('Use max_completion_tokens instead.') : ok()
  const { sent, found } = await run([chatBase], reply)
  expect(found).toEqual(['max-completion-tokens'])
  expect(sent.map(({ body }) => body.stream)).toEqual([undefined, true, true])
})

test('a stream is asked for once, and only where it may help', async () => {
  const bodies = async (reply: () => Outcome, base = chatBase) => (await run([base], reply)).sent.map(({ body }) => body.stream)
  expect(await bodies(() => refused('No.'))).toEqual([undefined, true])
  expect(await bodies(() => refused('The model does not exist.'))).toEqual([undefined])
  expect(await bodies(() => refused('No such path.', 404))).toEqual([undefined])
  expect(await bodies(() => refused('Only stream.', 500))).toEqual([undefined])
  expect(await bodies(ok)).toEqual([undefined])
  const embeddings = probe('e/base', { baseline: true, steps: [step({ endpoint: 'POST /embeddings' })] })
  expect(await bodies(() => refused('No.'), embeddings)).toEqual([undefined])
})

test('a declared trait is not looked for, and a key makes its trait', async () => {
  const target = { ...targetOf('http://h/v1', { key: 'sk-0123456789' }), traits: ['thinks' as const] }
  const { found, sent } = await run([chatBase], () => said({ content: null }, 'length'), { target })
  expect(found).toEqual(['thinks', 'key'])
  expect(sent.map(({ body }) => body.max_tokens)).toEqual([512])
})

test('probes whose traits do not hold are skipped; what only the run can show is not asked for yet', async () => {
  const probes = [
    chatBase,
    probe('a/key', { requires: ['key', 'chat'] }),
    probe('a/not', { requires: ['!thinks', 'tools'] }),
    probe('a/thinks', { requires: ['chat', 'thinks'] }),
  ]
  const { skipped, sent } = await run(probes, ok)
  expect(skipped).toEqual({ 'a/key': 'needs key', 'a/thinks': 'needs thinks' })
  expect(sent).toHaveLength(2)
})

test('an absent endpoint: its probes are skipped, the others run', async () => {
  const steps = [step(), step({ endpoint: responses })]
  const { skipped, states, sent } = await run([chatBase, responsesBase, probe('a/mixed', { steps }), probe('a/chat')], ({ endpoint }) =>
    endpoint === responses ? refused('no such path', 404) : ok(),
  )
  expect(skipped).toEqual({ 'a/mixed': 'no baseline: POST /responses did not answer' })
  expect(states).toContain('ended responses/base')
  expect(sent.map(({ endpoint }) => endpoint)).toEqual([chat, responses, chat])
})

test('where no endpoint answers, nothing else is asked', async () => {
  const models = probe('models/list', { steps: [step({ endpoint: 'GET /models' })] })
  const { skipped, sent } = await run([chatBase, responsesBase, probe('a/x'), models], () => refused('broken', 500))
  expect(sent).toHaveLength(2)
  expect(skipped).toEqual({ 'a/x': `no baseline: ${chat} did not answer`, 'models/list': 'no baseline: no endpoint answered' })
})

test('a plan without baselines runs as it is', async () => {
  expect((await run([probe('models/list', { steps: [step({ endpoint: 'GET /models' })] })], () => refused('no', 500))).sent).toHaveLength(1)
})

test.each([
  ['a refused connection', failure('ECONNREFUSED'), 'the endpoint cannot be reached: ECONNREFUSED h:1'],
  ['a certificate', failure('DEPTH_ZERO_SELF_SIGNED_CERT'), 'the endpoint cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT h:1'],
  ['a missing key', refused('no key', 401), 'no key was given, and the answer was 401'],
])('%s: the baselines are all that is sent, and everything else is skipped', async (_, outcome, reason) => {
  const { sent, skipped, states } = await run([chatBase, responsesBase, probe('a/x')], () => outcome)
  expect(sent).toHaveLength(2)
  expect(skipped).toEqual({ 'a/x': reason })
  expect(states).toContain('ended chat/base')
})

test.each([
  ['a refused key', refused('not for you', 403)],
  ['a broken connection', failure('UND_ERR_SOCKET')],
  ['a refused connection', failure('ECONNREFUSED')],
])('%s on one endpoint does not speak for another that answers', async (_, outcome) => {
  const { sent, skipped } = await run([chatBase, responsesBase, probe('a/x')], ({ endpoint }) => (endpoint === responses ? outcome : ok()))
  expect([sent.length, skipped]).toEqual([3, {}])
})

test.each(['TIMEOUT', 'UND_ERR_SOCKET', 'HTTPParserError'])('after %s on the first endpoint the second is still asked', async (code) => {
  const { sent, skipped } = await run(
    [chatBase, responsesBase, probe('a/r', { steps: [step({ endpoint: responses })] }), probe('a/c')],
    ({ endpoint }) => (endpoint === chat ? failure(code) : answer({ output: [] })),
  )
  expect(sent.map(({ endpoint }) => endpoint)).toEqual([chat, responses, responses])
  expect(skipped).toEqual({ 'a/c': `no baseline: ${chat} did not answer` })
})

test.each([0, 1, 2, 3])('no more than %i requests are sent', async (maxRequests) => {
  const reason = 'the budget of requests is used up'
  const { sent, skipped, exchanges } = await run([chatBase, responsesBase, probe('a/x', { steps: [step(), step()] }), probe('a/y')], ok, {
    maxRequests,
  })
  expect([sent.length, exchanges]).toEqual([maxRequests, maxRequests])
  const unasked = ['chat/base', 'responses/base', 'a/x', 'a/y'].slice(maxRequests)
  expect(skipped).toEqual(Object.fromEntries(unasked.map((id) => [id, reason])))
})

test('tries and attempts count against the budget', async () => {
  const patience = { ...refused('wait', 429), headers: [['retry-after-ms', '1']] as const }
  expect((await run([probe('a/x')], () => patience, { maxRequests: 3 })).recorded.map((exchange) => exchange.try)).toEqual([1, 2, 3])
  expect(
    (await run([probe('a/x', { attempts: 5 })], ok, { maxRequests: 3, worthAnotherAttempt: () => true })).recorded.map(
      ({ attempt }) => attempt,
    ),
  ).toEqual([1, 2, 3])
})

test.each([1, 3])('never more than %i requests are in flight', async (jobs) => {
  const probes = Array.from({ length: 12 }, (_, index) => probe(`a/p${index}`, { steps: [step(), step()] }))
  const { most, sent } = await run(probes, ok, { jobs })
  expect([most, sent.length]).toEqual([jobs, 24])
})

test('what a step captures fills the next, from the answer of the same attempt', async () => {
  const steps = [step({ capture: { id: '/choices/0/message/id', none: '/choices/0/nothing' } }), step({ body: { id: '{{id}}' } })]
  const { sent } = await run([probe('a/x', { attempts: 2, steps })], (_, count) => said({ id: `call-${count}` }), {
    worthAnotherAttempt: () => true,
  })
  expect(sent.map(({ body }) => body.id)).toEqual([undefined, 'call-1', undefined, 'call-3'])
})

test('a baseline goes on with the attempt that was answered: same nonce, its captures, and the traits it showed', async () => {
  const steps = [step({ body: ask, capture: { id: '/choices/0/message/id' } }), step({ body: { ...ask, id: '{{id}}' } })]
  const { sent, recorded } = await run([probe('chat/base', { baseline: true, steps })], ({ body }, count) =>
    'max_tokens' in body ? refused('use max_completion_tokens') : said({ id: `c${count}`, content: 'OK', reasoning: 'Hm.' }),
  )
  expect(recorded.map(({ attempt, step: index }) => [attempt, index])).toEqual([
    [1, 0],
    [2, 0],
    [2, 1],
  ])
  expect(sent[2]?.body).toEqual({ max_completion_tokens: 512, temperature: 0, id: 'c2', say: sent[1]?.body.say })
})

test('the nonce is one per attempt', async () => {
  const steps = [step({ body: { a: '{{nonce}}', b: '{{nonce}}' } }), step({ body: { a: '{{nonce}}' } })]
  const { sent } = await run([probe('a/x', { attempts: 2, steps })], ok, { worthAnotherAttempt: () => true })
  const [one, two, three] = sent.map(({ body }) => body)
  expect([one?.b, two?.a]).toEqual([one?.a, one?.a])
  expect(three?.a).not.toBe(one?.a)
})

test('a step that cannot be filled ends the attempt, and the next attempt may do better', async () => {
  const steps = [step({ capture: { id: '/choices/0/message/id' } }), step({ body: { id: { $use: 'id' } } }), step()]
  const { sent, states } = await run([probe('a/x', { attempts: 2, steps })], (_, count) => said(count === 1 ? {} : { id: 'x' }), {
    worthAnotherAttempt: () => true,
  })
  expect(sent).toHaveLength(4)
  expect(states.slice(-1)).toEqual(['ended a/x'])
})

test('a failure ends the attempt', async () => {
  expect((await run([probe('a/x', { steps: [step(), step()] })], () => failure('ECONNRESET'))).sent).toHaveLength(1)
})

test('there are attempts only while another one is worth it, and never more than the probe has', async () => {
  const asked: number[][] = []
  const worthAnotherAttempt: RunInput['worthAnotherAttempt'] = ({ id }, exchanges) => {
    asked.push(exchanges.map(({ attempt }) => attempt))
    return id === 'a/all' || exchanges.length < 2
  }
  const { recorded } = await run([probe('a/some', { attempts: 5 }), probe('a/all', { attempts: 3 }), probe('a/one')], ok, {
    worthAnotherAttempt,
  })
  expect(recorded.map((exchange) => `${exchange.probe} ${exchange.attempt}`)).toEqual([
    'a/some 1',
    'a/some 2',
    'a/all 1',
    'a/all 2',
    'a/all 3',
    'a/one 1',
  ])
  expect(asked).toEqual([[1], [1, 2], [1], [1, 2]])
})

test('the judge is asked with the facts of the baselines', async () => {
  const seen: unknown[] = []
  await run([{ ...chatBase, attempts: 2 }, probe('a/x', { attempts: 2 })], () => said({ content: 'OK', reasoning: 'Hm.' }), {
    worthAnotherAttempt: ({ id }, _, { traits, endpoints }) => {
      seen.push([id, [...traits].sort(), endpoints])
      return false
    },
  })
  const facts = [['chat', 'thinks'], [{ endpoint: chat, presence: 'answered' }]]
  expect(seen).toEqual([
    ['chat/base', ...facts],
    ['a/x', ...facts],
  ])
})

test.each([1, 2, 3])('an interruption during request %i: nothing more is sent, and the rest is skipped', async (during) => {
  const controller = new AbortController()
  const { sent, skipped } = await run(
    [chatBase, probe('a/x', { attempts: 3, steps: [step(), step(), step()] }), probe('a/y'), probe('a/z')],
    (_, count) => {
      if (count === during) controller.abort()
      return ok()
    },
    { signal: controller.signal, worthAnotherAttempt: () => true },
  )
  expect(sent).toHaveLength(during)
  expect(skipped).toMatchObject({ 'a/y': 'interrupted', 'a/z': 'interrupted' })
  expect('chat/base' in skipped).toBe(false)
})

test('an interruption before the first request', async () => {
  const { sent, skipped } = await run([chatBase, probe('a/x')], ok, { signal: AbortSignal.abort() })
  expect([sent, skipped]).toEqual([[], { 'chat/base': 'interrupted', 'a/x': 'interrupted' }])
})

test('with the real transport and writer: an interrupted run has its footer, and a refused connection costs the baselines only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-run-'))
  const controller = new AbortController()
  const server = await listenHttp(() => controller.abort())
  const builtins = { ...load(), suites: [] }
  const plan = { probes: [chatBase, responsesBase, probe('a/x')] }
  try {
    const interrupted = await record({
      builtins,
      plan,
      target: targetOf(server.url),
      file: join(folder, 'a.jsonl'),
      signal: controller.signal,
    })
    expect(interrupted.footer).toMatchObject({ skipped: { 'a/x': 'interrupted' } })
    expect([...interrupted.exchanges()].map(({ outcome }) => outcome)).toContainEqual(
      expect.objectContaining({ kind: 'failure', code: 'INTERRUPTED' }),
    )
    await server.close()
    const unreachable = await record({ builtins, plan, target: targetOf(server.url), file: join(folder, 'b.jsonl') })
    expect(unreachable.footer).toMatchObject({ skipped: { 'a/x': expect.stringContaining('ECONNREFUSED') } })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('copies are sent last, all at once, each with names of its own', async () => {
  const burst = probe('a/burst', { parallel: 3, steps: [step({ body: ask }), step({ body: { again: '{{nonce}}' } })] })
  const { recorded, most, states } = await run([burst, probe('a/x')], ok, { jobs: 4 })
  expect(states.filter((state) => state.startsWith('started'))).toEqual(['started a/x', 'started a/burst'])
  expect(most).toBe(3)
  const own = recorded.filter((exchange) => exchange.probe === 'a/burst')
  expect(own.map(({ copy, step: index }) => [index, copy]).sort()).toEqual(
    [0, 1].flatMap((index) => [1, 2, 3].map((copy) => [index, copy])),
  )
  const nonces = own.map(({ copy, request }) => `${copy} ${/nonce\d+/.exec(Buffer.from(request.body).toString())?.[0]}`)
  expect(new Set(nonces).size).toBe(3)
})

test.each([1, 2])('no more copies than %i at a time, and all of them in the end', async (jobs) => {
  const { most, sent } = await run([probe('a/burst', { parallel: 5 }), probe('a/x')], ok, { jobs })
  expect([most, sent.length]).toEqual([jobs, 6])
})

test('the steering sees the copies of a step together', async () => {
  const seen: string[] = []
  const burst = probe('a/burst', { parallel: 2, attempts: 2, steps: [step(), step()] })
  await run([burst], ok, {
    jobs: 2,
    worthAnotherAttempt: (_, exchanges) => {
      seen.push(exchanges.map((each) => `${each.attempt}.${each.step}.${each.copy}`).join(' '))
      return true
    },
  })
  expect(seen).toEqual(['1.0.1 1.0.2 1.1.1 1.1.2'])
})

test('the model window comes from the list of models, and without one the step is left out', async () => {
  const overflow = probe('a/overflow', {
    steps: [step({ endpoint: 'GET /models' }), step({ body: { text: { $repeat: { text: 'a ', windows: 2 } } } })],
  })
  const listing = (entry: object) => () => answer({ object: 'list', data: [{ id: 'm', ...entry }] })
  expect((await run([overflow], listing({ max_model_len: 3 }))).sent[1]?.body).toEqual({ text: 'a a a a a a ' })
  expect((await run([overflow], listing({}))).sent).toHaveLength(1)
  const declared = { ...targetOf('http://h/v1', { jobs: 1 }), contextWindow: 1 }
  expect((await run([overflow], listing({ max_model_len: 3 }), { target: declared })).sent[1]?.body).toEqual({ text: 'a a ' })
})

test('steps of one connection are told what became of it, and copies have none', async () => {
  let lines = 0
  const alone = () => {
    lines++
    return { send: async () => ok(), close: async () => undefined, connection: () => 'kept' as const }
  }
  const transport: Transport = { send: async () => ok(), close: async () => undefined, alone }
  const same = probe('a/same', { connection: 'same', steps: [step(), step()] })
  const { recorded } = await run([same, probe('a/x')], ok, { transport })
  expect(recorded.map(({ probe: id, request }) => [id, request.connection]).sort()).toEqual([
    ['a/same', 'kept'],
    ['a/same', 'kept'],
    ['a/x', undefined],
  ])
  expect(lines).toBe(1)
})
