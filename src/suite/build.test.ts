import { expect, test } from 'vitest'
import { buildSuite, type SuiteDocument } from './build.ts'

type ProbeDocument = NonNullable<SuiteDocument['probes']>[string]
const probes = (entry: Partial<ProbeDocument>) =>
  buildSuite({ suite: 's', title: 'S', probes: { p: { title: 'P', capability: 'chat', ...entry } } }, 'f', 'sha256:0', () => 7).probes
const request = { endpoint: 'POST /chat/completions', body: { model: 'm' } } as const

test('defaults', () => {
  expect(probes({ request })).toEqual([
    {
      id: 's/p',
      title: 'P',
      capability: 'chat',
      attempts: 1,
      baseline: false,
      extra: false,
      requires: [],
      whole: [],
      steps: [{ endpoint: 'POST /chat/completions', auth: 'target', headers: [], body: { model: 'm' }, expect: [], capture: {}, read: {} }],
      origin: { file: 'f', line: 7 },
    },
  ])
})

test('two modes make two probes, one mode none more', () => {
  const [json, stream] = probes({ modes: ['json', 'stream'], request })
  expect([json?.id, stream?.id]).toEqual(['s/p[json]', 's/p[stream]'])
  expect([json?.steps[0]?.body, stream?.steps[0]?.body]).toEqual([
    { model: 'm' },
    { model: 'm', stream: true, stream_options: { include_usage: true } },
  ])
  expect(probes({ modes: ['stream'], request }).map(({ id, steps }) => [id, steps[0]?.body])).toEqual([
    ['s/p', { model: 'm', stream: true, stream_options: { include_usage: true } }],
  ])
})

test('the mode stream asks for usage where chunks may carry it, keeps what a body says itself, and leaves requests without body alone', () => {
  const bodyOf = (own: ProbeDocument['request']) => probes({ modes: ['stream'], ...(own ? { request: own } : {}) })[0]?.steps[0]
  expect(bodyOf({ endpoint: 'POST /responses', body: { model: 'm' } })?.body).toEqual({ model: 'm', stream: true })
  expect(bodyOf({ ...request, body: { stream_options: { include_usage: false } } })?.body).toEqual({
    stream: true,
    stream_options: { include_usage: false },
  })
  expect(bodyOf({ endpoint: 'POST /completions', body: { prompt: 'a' } })?.body).toEqual({
    prompt: 'a',
    stream: true,
    stream_options: { include_usage: true },
  })
  expect(bodyOf({ endpoint: 'GET /models' })).not.toHaveProperty('body')
  expect(bodyOf({ endpoint: 'POST /chat/completions', raw: '{' })).toMatchObject({ raw: { text: '{' } })
})

test('a probe says for all its steps what a step does not say itself', () => {
  const [probe] = probes({
    expect: ['a', 'b'],
    auth: 'none',
    breaks: 'messages',
    read: { timeoutMs: 5 },
    steps: [
      { request },
      { request, expect: ['b', 'c'], auth: 'wrong', breaks: 'model', read: { stopAfterEvents: 1 }, capture: { id: '/id' } },
    ],
  })
  expect(probe?.whole).toEqual(['a', 'b'])
  expect(probe?.steps).toMatchObject([
    { expect: ['a', 'b'], auth: 'none', breaks: 'messages', read: { timeoutMs: 5 }, capture: {} },
    { expect: ['b', 'c', 'a'], auth: 'wrong', breaks: 'model', read: { stopAfterEvents: 1 }, capture: { id: '/id' } },
  ])
})

test('headers and bytes of a request', () => {
  const [probe] = probes({ request: { endpoint: 'POST /x', headers: { 'X-A': '1', b: '2' }, raw: { base64: '/w==' } } })
  expect(probe?.steps[0]).toMatchObject({
    headers: [
      ['X-A', '1'],
      ['b', '2'],
    ],
    raw: { base64: '/w==' },
  })
})

test('a requirement: one endpoint or status may stand for a list, and a check may have an argument', () => {
  const rule = { level: 'should', text: ' Some rule.\n' } as const
  const { requirements } = buildSuite(
    {
      suite: 's',
      title: 'S',
      requirements: {
        'a.one': { ...rule, check: 'plain', when: { endpoint: 'GET /models', status: '2xx', stream: false }, capability: 'models' },
        'a.two': {
          ...rule,
          check: { status: { is: [400] } },
          when: { endpoint: ['GET /a', 'GET /b'] },
          requires: ['key'],
          tolerate: { of: 3, need: 2 },
        },
      },
    },
    'f',
    'sha256:0',
    () => 1,
  )
  expect(requirements).toMatchObject([
    {
      id: 'a.one',
      text: 'Some rule.',
      check: { id: 'plain', args: undefined },
      when: { endpoint: ['GET /models'], status: ['2xx'], stream: false },
      capability: 'models',
      requires: [],
      sources: [],
    },
    {
      id: 'a.two',
      check: { id: 'status', args: { is: [400] } },
      when: { endpoint: ['GET /a', 'GET /b'] },
      requires: ['key'],
      tolerate: { of: 3, need: 2 },
    },
  ])
  expect(requirements[1]?.when).toEqual({ endpoint: ['GET /a', 'GET /b'] })
})

test("copies and a connection of its own are the probe's", () => {
  expect(probes({ request, parallel: 3 })[0]).toMatchObject({ parallel: 3 })
  expect(probes({ request, connection: 'same' })[0]).toMatchObject({ connection: 'same' })
})
