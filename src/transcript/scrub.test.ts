import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { publicWords } from '../cli/commands/scrub.ts'
import { judge, load, loadTarget, plan as makePlan, record, report } from '../index.ts'
import { startReference } from '../reference/server.ts'
import type { Exchange, Headers, Transcript } from '../types.ts'
import { readTranscript } from './read.ts'
import { scrubBody } from './scrub/body.ts'
import { scrubHeaders } from './scrub/headers.ts'
import { createWords } from './scrub/words.ts'
import { scrubTranscript } from './scrub.ts'
import { createTranscriptWriter } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-scrub-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = Buffer.alloc(32, 7)
const words = () => createWords(key, new Set())
const scrub = (text: string | Uint8Array, stream = false, failed = false) => scrubBody(words(), Buffer.from(text), { stream, failed }).body
const scrubbed = (...args: Parameters<typeof scrub>) => Buffer.from(scrub(...args)).toString()

test('a word becomes another one of its length, the same one every time, whatever its case', () => {
  const { text } = words()
  const made = text('Anna met ANNA, not Annabel: anna@example.org 4711 Zoë 東京 ok')
  expect(made).toMatch(
    /^[A-Z][a-z]{3} [a-z]{3} [A-Z]{4}, [a-z]{3} [A-Z][a-z]{6}: [a-z]{4}@[a-z]{7}\.[a-z]{3} \d{4} [A-Z][a-z]\S \S{2} [a-z]{2}$/,
  )
  const [one = '', , two = '', , , three = ''] = made.split(/[ ,:@]+/)
  expect([two.toLowerCase(), three]).toEqual([one.toLowerCase(), one.toLowerCase()])
  expect(made).not.toMatch(/anna|example|4711|東|ë/i)
})

test('bytes keep their number, whatever they are, and what is no text stays', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
      ),
      fc.boolean(),
      (bytes, stream) => {
        expect(scrub(bytes, stream).byteLength).toBe(bytes.byteLength)
      },
    ),
    { numRuns: 500 },
  )
  const odd = Buffer.concat([Buffer.from('data: {"a":"x '), Buffer.from([0xff, 0xc3]), Buffer.from('"}\r\n\r\n')])
  expect(Buffer.from(scrub(odd, true)).toString('latin1')).toMatch(/^data: \{"a":"[a-z] \xff\xc3"\}\r\n\r\n$/)
})

test('JSON keeps its structure, names, numbers and what the protocol defines', () => {
  const value = {
    id: 'chatcmpl-Abc123',
    object: 'chat.completion',
    created: 1700000000,
    choices: [
      {
        index: 0,
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: 'Hello Bob',
          tool_calls: [{ type: 'function', function: { name: 'find_person', arguments: '{"name": "Bob", "code": "secret", "n": 12}' } }],
        },
      },
    ],
  }
  const made = JSON.parse(scrubbed(JSON.stringify(value)))
  expect(made).toMatchObject({
    object: 'chat.completion',
    created: 1700000000,
    choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant' } }],
  })
  expect(JSON.stringify(made)).not.toMatch(/Hello|Bob|secret|find|person|Abc123/i)
  const { content, tool_calls: calls } = made.choices[0].message
  const args = JSON.parse(calls[0].function.arguments)
  expect([Object.keys(args), args.n, content.endsWith(` ${args.name}`), made.id.startsWith('chatcmpl-')]).toEqual([
    ['name', 'code', 'n'],
    12,
    true,
    true,
  ])
})

test('escapes are written as they were', () => {
  const raw = '{"content":"caf\\u00e9\\n\\"Bob\\" \\ud83d\\ude00 \\/x"}'
  const made = scrubbed(raw)
  expect(made).toHaveLength(raw.length)
  expect(made).toMatch(/^\{"content":"[a-z]{3}\\u[0-9a-f]{4}\\n\\"[A-Z][a-z]{2}\\" \\ud83d\\ude00 \\\/[a-z]"\}$/)
})

test('a text that is streamed in pieces becomes the same as in one', () => {
  const chunk = (delta: object, index = 0) =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index, delta }] })}\n\n`
  const pieces = ['Where is Ann', 'abel', ' now? ', 'Anna', 'bel!']
  const other = ['He', 'len']
  const stream = [
    ...pieces.flatMap((content, at) => [chunk({ content }), chunk({ content: other[at] ?? '' }, 1)]),
    chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"city":"Par' } }] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: 'is","n":1}' } }] }),
    'data: [DONE]\n\n',
  ].join('')
  const made = scrubbed(stream, true)
  const deltas = [...made.matchAll(/^data: (\{.*)$/gm)].map(([, text]) => JSON.parse(text as string).choices[0])
  const join = (index: number) =>
    deltas
      .filter((choice) => choice.index === index)
      .map(({ delta }) => delta.content ?? '')
      .join('')
  const { text } = words()
  expect([join(0), join(1)]).toEqual([text(pieces.join('')), text('Helen')])
  const args = deltas.map(({ delta }) => delta.tool_calls?.[0].function.arguments ?? '').join('')
  expect(JSON.parse(args)).toEqual({ city: text('Paris'), n: 1 })
  expect(made.endsWith('data: [DONE]\n\n')).toBe(true)
  expect(made).toHaveLength(stream.length)
})

test('log probabilities spell their tokens as before, and reads move with them', () => {
  const entry = (token: string) => ({
    token,
    logprob: -1,
    bytes: [...Buffer.from(token)],
    top_logprobs: [{ token, logprob: -1, bytes: [...Buffer.from(token)] }],
  })
  const body = Buffer.from(
    JSON.stringify({ choices: [{ index: 0, message: { content: 'abcabc' }, logprobs: { content: [entry('abc'), entry('abc')] } }] }),
  )
  const { body: made, reads } = scrubBody(words(), body, { stream: false, failed: false }, { atMs: [1, 2], ends: [10, body.length] })
  const [choice] = JSON.parse(Buffer.from(made).toString()).choices
  expect(choice.logprobs.content.map(({ token }: { token: string }) => token).join('')).toBe(choice.message.content)
  for (const {
    token,
    bytes,
    top_logprobs: [top],
  } of choice.logprobs.content)
    expect([top.token, bytes, top.bytes]).toEqual([token, [...Buffer.from(token)], bytes])
  expect(reads).toEqual({ atMs: [1, 2], ends: [10, made.byteLength] })
})

test('the words of an error stay, the names in it do not; markup of models stays', () => {
  const error = scrubbed(
    '{"error":{"message":"The model `acme-7` does not exist","type":"invalid_request_error","param":"model","code":"model_not_found"}}',
    false,
    true,
  )
  expect(error).toMatch(
    /"The model `(?!acme)[a-z]{4}-\d` does not exist","type":"invalid_request_error","param":"model","code":"model_not_found"/,
  )
  expect(words().text('<tool_call>\n{"name": "find", "arguments": {}}\n</tool_call> <think>why</think> think')).toMatch(
    /^<tool_call>\n\{"name": "(?!find)[a-z]{4}", "arguments": \{\}\}\n<\/tool_call> <think>(?!why)[a-z]{3}<\/think> (?!think)[a-z]{5}$/,
  )
})

const exchange = (headers: Headers, body: Uint8Array): Exchange => ({
  probe: 'proxy/0001',
  attempt: 1,
  step: 0,
  try: 1,
  auth: 'target',
  request: {
    endpoint: 'GET /models/acme%2Fx',
    url: 'https://api.acme.example:8443/v1/models/acme%2Fx?user=bob',
    headers: [
      ['Authorization', 'Bearer [redacted]'],
      ['X-Session', 'bob'],
    ],
    body: new Uint8Array(),
    sentAtMs: 0,
  },
  outcome: {
    kind: 'response',
    status: 200,
    headers,
    body,
    reads: { atMs: [1], ends: [body.byteLength] },
    end: 'complete',
    headersAtMs: 1,
    endAtMs: 2,
  },
})

test('addresses, headers and compressed bodies', () => {
  const body = gzipSync('{"id":"bob"}')
  const transcript: Transcript = {
    header: {
      kind: 'header',
      format: 1,
      tool: '0',
      target: {
        name: 'api.acme.example',
        url: 'https://api.acme.example:8443/v1',
        models: { chat: 'acme/x' },
        declares: [],
        insecure: false,
        simulated: false,
      },
      suites: {},
      plan: [],
      startedAt: '',
    },
    traits: { kind: 'traits', traits: [] },
    exchanges: () => [
      exchange(
        [
          ['Content-Encoding', 'gzip'],
          ['Content-Length', String(body.length)],
          ['X-Request-Id', 'bob-1'],
          ['Server', 'uvicorn'],
        ],
        body,
      ),
    ],
  }
  const records = [...scrubTranscript(transcript, { key, publicWords: new Set() })]
  expect(JSON.stringify(records)).not.toMatch(/acme|bob/i)
  const made = records.find((each): each is Exchange => !('kind' in each)) as Exchange
  expect(made.request.url).toMatch(/^https:\/\/host1\.invalid:8443\/v1\/models\/[a-z]{4}%2F[a-z]\?[a-z]{4}=[a-z]{3}$/)
  expect(made.request.headers).toEqual([
    ['Authorization', 'Bearer [redacted]'],
    ['X-Session', expect.stringMatching(/^[a-z]{3}$/)],
  ])
  if (made.outcome.kind !== 'response') throw new Error()
  expect(JSON.parse(gunzipSync(made.outcome.body).toString()).id).toBe(made.request.headers[1]?.[1])
  expect(made.outcome.headers[1]).toEqual(['Content-Length', String(made.outcome.body.byteLength)])
  expect(made.outcome.headers[3]).toEqual(['Server', 'uvicorn'])
})

test.each([
  ['User-Agent', 'OpenAI/JS 5.12.0', /^OpenAI\/JS 5\.12\.0$/],
  [
    'User-Agent',
    'ai-sdk/openai-compatible/1.0.7 runtime/node.js/22 acme-bot/7.1',
    /^ai-sdk\/openai-compatible\/1\.0\.7 runtime\/node\.js\/22 [a-z]{4}-[a-z]{3}\/\d\.\d$/,
  ],
  ['User-Agent', 'opencode/latest/0.9.1/acme node', /^opencode\/latest\/0\.9\.1\/[a-z]{4} node$/],
  ['User-Agent', 'wirecheck/0.1.0 (acme; +https://acme.example)', /^wirecheck\/0\.1\.0 \([a-z]{4}; \+[a-z]{5}:\/\/[a-z]{4}\.[a-z]{7}\)$/],
  ['Server', 'nginx/1.25.3 acme', /^nginx\/1\.25\.3 [a-z]{4}$/],
  ['Via', '1.1 gw.acme.example (squid)', /^1\.1 [a-z]{2}\.[a-z]{4}\.[a-z]{7} \([a-z]{5}\)$/],
  ['Referer', 'https://acme.example/x', /^https:\/\/[a-z]{4}\.[a-z]{7}\/[a-z]$/],
  ['WWW-Authenticate', 'Bearer realm="acme staff", error="invalid_token"', /^Bearer realm="[a-z]{4} [a-z]{5}", error="invalid_token"$/],
  ['WWW-Authenticate', 'Basic realm=acme', /^Basic realm=[a-z]{4}$/],
  ['Alt-Svc', 'h3="alt.acme.example:443"; ma=86400', /^h3="[a-z]{3}\.[a-z]{4}\.[a-z]{7}:443"; ma=86400$/],
])('of %s: %s stays what tells of nobody', (name, value, expected) => {
  const [[, made] = ['', '']] = scrubHeaders(words(), [[name, value]])
  expect(made).toMatch(expected)
  expect(made).not.toMatch(/acme|example/i)
})

test('an origin that is allowed is still the one that asked', () => {
  const [[, asked] = [], [, allowed] = []] = scrubHeaders(words(), [
    ['Origin', 'https://app.acme.example'],
    ['Access-Control-Allow-Origin', 'https://app.acme.example'],
  ])
  expect(asked).toMatch(/^https:\/\/[a-z]{3}\.(?!acme)[a-z]{4}\.[a-z]{7}$/)
  expect(allowed).toBe(asked)
})

/**
 * One fault for each thing that could be lost: framing, pieces, ids, arguments, counts, tokens, errors, bytes, ends.
 * What cannot be kept: a fault that damages single characters of a word, as `unicode-normalised` and
 * `split-multibyte-as-replacement` do, since the damaged word is another word.
 */
const kinds = [
  'no-done',
  'cumulative-deltas',
  'logprobs-misaligned',
  'tool-arguments-single-quotes',
  'usage-stream-differs',
  'gzip-unasked',
  'invalid-utf8',
  'truncated',
]

test('a scrubbed run has the findings of the run', async () => {
  const builtins = load()
  const asked = publicWords(builtins.suites)
  const selectors = ['chat', 'chat-stream', 'chat-tools', 'chat-params', 'errors', 'wire']
  const plan = makePlan({ suites: builtins.suites, selectors, profiles: [], catalog: builtins.catalog })
  for (const name of kinds) {
    const server = await startReference({ key: 'sk-reference-123456', faults: [name] })
    const { target } = loadTarget(
      {
        baseUrl: server.url,
        model: 'reference',
        embeddingModel: 'reference-embedding',
        apiKey: { env: 'KEY' },
        jobs: 8,
        timeoutIdleMs: 2000,
      },
      { KEY: 'sk-reference-123456' },
    )
    const before = await record({ builtins, plan, target, file: join(folder, 'run.jsonl') })
    await server.close()
    const file = join(folder, 'scrubbed.jsonl')
    const writer = createTranscriptWriter(file)
    for (const each of scrubTranscript(before, { key, publicWords: asked })) writer.write(each)
    writer.close()
    const lines = (transcript: Transcript) =>
      report(builtins, transcript, judge(builtins, transcript)).findings.map(({ id, level, code, seen }) => [id, level, code, seen])
    expect([name, lines(before).some(([, level]) => level !== 'may')]).toEqual([name, true])
    expect([name, lines(readTranscript(file))]).toEqual([name, lines(before)])
    expect(readFileSync(file, 'utf8')).not.toContain('sk-reference')
  }
}, 120_000)
