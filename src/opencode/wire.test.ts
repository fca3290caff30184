import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { load, loadTarget, plan, record, startReference } from '../index.ts'
import type { JsonObject } from '../types.ts'

/**
 * What OpenCode 1.18 puts into its requests, row by row, and the step of the suite that puts it on the wire too.
 * The rows have the ids under which the readings of clients in `src/clients` name them.
 */
interface Sent {
  readonly id: string
  readonly sends: string
  /** Probe and step, counted from 0. */
  readonly by: readonly string[]
  readonly has: JsonObject
}

/** What a session sends only where the user has configured it, or never. */
interface Left {
  readonly id: string
  readonly reason: string
}

const any = { text: expect.any(String) as string, list: expect.any(Array) as unknown[] }
const some = (...items: readonly unknown[]): unknown[] => expect.arrayContaining(items as unknown[]) as unknown[]
const like = (members: JsonObject): JsonObject => expect.objectContaining(members) as JsonObject
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string

const system = { role: 'system', content: any.text }
const user = { role: 'user', content: any.text }
const call = (name: string, id = any.text) => ({ id, type: 'function', function: { name, arguments: any.text } })
const names = ['bash', 'edit', 'glob', 'grep', 'read', 'skill', 'task', 'todowrite', 'webfetch', 'write']
const inputText = { type: 'input_text', text: any.text }
const wholeTurns = ['first-turn 6', 'later-turns 5', 'later-turns 6']

const rows: readonly (Sent | Left)[] = [
  {
    id: 'RQ-01',
    sends: 'every turn as a stream',
    by: ['first-turn 0', ...wholeTurns, 'title 1', 'compaction 2', 'responses 6'],
    has: { stream: true },
  },
  { id: 'RQ-02', sends: 'one system message, as a string', by: wholeTurns, has: { messages: some(system) } },
  { id: 'RQ-03', sends: 'a cap of 32000', by: [...wholeTurns, 'title 1', 'compaction 2'], has: { max_tokens: 32_000 } },
  {
    id: 'RQ-04',
    reason: 'Sampling is sent only where the model is configured with temperature: true; chat-params shows whether it is taken.',
  },
  {
    id: 'RQ-05',
    sends: 'ten tools, sorted by name',
    by: wholeTurns,
    has: {
      tools: names.map((name) => ({ type: 'function', function: like({ name, description: any.text, parameters: expect.any(Object) }) })),
    },
  },
  {
    id: 'RQ-06',
    sends: 'schemas of draft 2020-12 with wide bounds, defaults and lists of values',
    by: wholeTurns,
    has: {
      tools: some(
        toolWith({
          offset: like({ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }),
          limit: like({ type: 'integer', exclusiveMinimum: 0, maximum: 9007199254740991 }),
        }),
        toolWith({ format: like({ enum: ['text', 'markdown', 'html'], default: 'markdown' }) }),
      ),
    },
  },
  { id: 'RQ-07', sends: 'tool_choice auto', by: wholeTurns, has: { tool_choice: 'auto' } },
  {
    id: 'RQ-08',
    sends: 'the wish for usage',
    by: [...wholeTurns, 'title 1', 'compaction 2'],
    has: { stream_options: { include_usage: true } },
  },
  { id: 'RQ-09', sends: 'an effort with a variant and with the title', by: ['effort 0'], has: { reasoning_effort: 'low' } },
  {
    id: 'RQ-10',
    reason: 'Members of the options of a model are whatever the user writes there; diagnose sends those of the configuration.',
  },
  { id: 'RQ-11', reason: 'These members are never sent; below, no step of the suite has one of them.' },
  {
    id: 'title',
    sends: 'two messages of the user in a row, and no tools',
    by: ['title 0', 'title 1'],
    has: { messages: [system, user, user] },
  },
  {
    id: 'compaction',
    sends: 'the whole conversation as one text, and no tools',
    by: ['compaction 2'],
    has: { messages: [system, { role: 'user', content: matching(/^.{10000,}$/s) }] },
  },
  { id: 'RQ-20', sends: 'an answer as a string', by: ['later-turns 5'], has: { messages: some({ role: 'assistant', content: any.text }) } },
  {
    id: 'RQ-21',
    sends: 'calls beside an empty text',
    by: ['later-turns 1', 'later-turns 6'],
    has: { messages: some({ role: 'assistant', content: '', tool_calls: some(call('read')) }) },
  },
  {
    id: 'RQ-22',
    sends: 'thoughts beside the answer',
    by: ['thoughts 1'],
    has: { messages: some({ role: 'assistant', content: any.text, reasoning_content: any.text }) },
  },
  {
    id: 'RQ-23',
    sends: 'a turn of thoughts alone',
    by: ['thoughts-alone 0'],
    has: { messages: some({ role: 'assistant', content: '', reasoning_content: any.text }) },
  },
  {
    id: 'RQ-24',
    sends: 'a result for each call, in their order',
    by: ['later-turns 3', 'later-turns 6'],
    has: {
      messages: some(
        like({ tool_calls: [call('read', 'callRead1'), call('read', 'callRead2')] }),
        { role: 'tool', tool_call_id: 'callRead1', content: any.text },
        { role: 'tool', tool_call_id: 'callRead2', content: any.text },
      ),
    },
  },
  {
    id: 'RQ-24',
    sends: 'a picture of a tool in a message of its own',
    by: ['tool-picture 3'],
    has: {
      messages: [
        system,
        user,
        like({ role: 'assistant' }),
        like({ role: 'tool', content: any.text }),
        { role: 'user', content: some(like({ type: 'image_url' })) },
      ],
    },
  },
  { id: 'RQ-25', sends: 'two messages of the user where a turn failed', by: ['later-turns 4'], has: { messages: [system, user, user] } },
  {
    id: 'RQ-26',
    sends: 'a call of the tool invalid, which is not declared',
    by: ['later-turns 2', 'later-turns 6'],
    has: {
      messages: some(like({ role: 'assistant', tool_calls: [call('invalid')] })),
      tools: expect.not.arrayContaining([like({ function: like({ name: 'invalid' }) })]),
    },
  },
  {
    id: 'RQ-27',
    sends: 'an empty id as it came',
    by: ['empty-ids 1'],
    has: { messages: some(like({ tool_calls: [call('read', '')] }), { role: 'tool', tool_call_id: '', content: any.text }) },
  },
  {
    id: 'RQ-28',
    sends: 'a picture as a part with a data URL, behind parts of text',
    by: ['picture 2'],
    has: {
      messages: [
        system,
        {
          role: 'user',
          content: [
            { type: 'text', text: any.text },
            { type: 'text', text: any.text },
            { type: 'image_url', image_url: { url: matching(/^data:image\/png;base64,[\w+/]+=*$/) } },
          ],
        },
      ],
    },
  },
  {
    id: 'RQ-29',
    sends: 'a second part of text in place of the picture',
    by: ['picture 1'],
    has: {
      messages: [
        system,
        {
          role: 'user',
          content: [
            { type: 'text', text: any.text },
            { type: 'text', text: matching(/a\.png .* no pictures/) },
          ],
        },
      ],
    },
  },
  { id: 'RQ-40', sends: 'the instructions as an item of the system', by: ['responses 6'], has: { input: some(system) } },
  {
    id: 'RQ-40',
    sends: 'the instructions of a thinking model as those of the developer',
    by: ['responses-thoughts 0', 'responses-variant 1', 'responses-replay 2'],
    has: { input: some({ role: 'developer', content: any.text }) },
  },
  {
    id: 'RQ-41',
    sends: 'what the user says in parts',
    by: ['responses 0', 'responses 6'],
    has: { input: some({ role: 'user', content: [inputText] }) },
  },
  {
    id: 'RQ-41',
    sends: 'a picture as input_image',
    by: ['responses-picture 1'],
    has: { input: some({ role: 'user', content: [inputText, { type: 'input_image', image_url: matching(/^data:image\/png;base64,/) }] }) },
  },
  {
    id: 'RQ-42',
    sends: 'flat tools that are expressly not strict',
    by: ['responses 6'],
    has: {
      tools: names.map((name) => ({
        type: 'function',
        name,
        description: any.text,
        parameters: expect.not.objectContaining({ $schema: expect.anything() }) as unknown,
        strict: false,
      })),
    },
  },
  {
    id: 'RQ-43',
    sends: 'calls without id and status, their outputs, and answers in parts',
    by: ['responses 6'],
    has: {
      input: some(
        { type: 'function_call', call_id: any.text, name: 'glob', arguments: any.text },
        { type: 'function_call_output', call_id: any.text, output: any.text },
        { role: 'assistant', content: [{ type: 'output_text', text: any.text }] },
      ),
    },
  },
  {
    id: 'RQ-44',
    sends: 'the wish for encrypted reasoning',
    by: ['responses-thoughts 0', 'responses-replay 0'],
    has: { include: ['reasoning.encrypted_content'], store: false },
  },
  {
    id: 'RQ-44',
    sends: 'encrypted reasoning without the id of its item',
    by: ['responses-replay 2'],
    has: { input: some({ type: 'reasoning', encrypted_content: matching(/./), summary: any.list }) },
  },
  { id: 'RQ-45', reason: 'Neither previous_response_id nor item_reference is sent; below, no step of the suite has one of them.' },
  {
    id: 'RQ-46',
    sends: 'an effort and the wish for a summary',
    by: ['responses-variant 1'],
    has: { reasoning: { effort: 'low', summary: 'auto' } },
  },
  { id: 'RQ-47', sends: 'a key for the cache', by: ['responses 2', 'responses 6'], has: { prompt_cache_key: any.text } },
]

function toolWith(properties: JsonObject): JsonObject {
  const parameters = like({ $schema: 'https://json-schema.org/draft/2020-12/schema', properties: like(properties) })
  return like({ function: like({ parameters }) })
}

const bodies = new Map<string, JsonObject>()
const key = 'sk-reference-123456'

beforeAll(async () => {
  const builtins = load()
  const server = await startReference({ key })
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-wire-'))
  try {
    const { target } = loadTarget({ baseUrl: server.url, model: 'reference-thinking', apiKey: { env: 'KEY' } }, { KEY: key })
    const chosen = plan({
      suites: builtins.suites,
      selectors: ['opencode', 'chat/prompt', 'responses/text'],
      profiles: [],
      catalog: builtins.catalog,
    })
    const transcript = await record({ builtins, plan: chosen, target, file: join(folder, 'transcript.jsonl') })
    for (const { probe, step, request } of transcript.exchanges())
      if (probe.startsWith('opencode/'))
        bodies.set(`${probe.slice('opencode/'.length)} ${step}`, JSON.parse(Buffer.from(request.body).toString('utf8')) as JsonObject)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
}, 60_000)

const sent = rows.filter((row) => 'by' in row)

describe('on the wire', () => {
  test.each(sent.flatMap(({ by, ...row }) => by.map((step) => ({ ...row, step }))))('$id $sends: $step', ({ step, has }) => {
    expect(bodies.get(step)).toMatchObject(has)
  })
})

test('every row is sent, or left out for a reason', () => {
  const numbers = [
    ...Array.from({ length: 11 }, (_, at) => at + 1),
    ...Array.from({ length: 10 }, (_, at) => at + 20),
    ...Array.from({ length: 8 }, (_, at) => at + 40),
  ]
  const ids = numbers.map((number) => `RQ-${String(number).padStart(2, '0')}`)
  expect([...new Set(rows.map(({ id }) => id))].sort()).toEqual([...ids, 'compaction', 'title'].sort())
  expect(rows.filter((row) => 'reason' in row && !/^[A-Z].{30,}\.$/.test(row.reason))).toEqual([])
})

/** Members that OpenCode never sends with a chat request unless somebody configured them. */
const never = [
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'n',
  'logprobs',
  'store',
  'parallel_tool_calls',
  'user',
  'seed',
  'stop',
  'response_format',
  'functions',
  'metadata',
]

test('nothing is sent that OpenCode does not send', () => {
  expect(bodies.size).toBeGreaterThan(40)
  const chat = [...bodies].filter(([, body]) => 'messages' in body)
  const responses = [...bodies].filter(([, body]) => 'input' in body)
  expect(chat.length + responses.length).toBe(bodies.size)
  expect(chat.flatMap(([step, body]) => never.filter((name) => name in body).map((name) => `${step}: ${name}`))).toEqual([])
  expect(responses.filter(([, body]) => 'previous_response_id' in body || 'instructions' in body || 'temperature' in body)).toEqual([])
  expect([...bodies.values()].filter((body) => /"item_reference"|"strict":true/.test(JSON.stringify(body)))).toEqual([])
  expect([...bodies.values()].filter((body) => body.stream !== true)).toEqual([])
})

test('a session has the size of a real one, and no request is larger', () => {
  const sizes = [...bodies.values()].map((body) => JSON.stringify(body).length)
  expect(Math.max(...sizes)).toBeLessThan(40_000)
  for (const step of wholeTurns) expect(JSON.stringify(bodies.get(step)).length).toBeGreaterThan(28_000)
})
