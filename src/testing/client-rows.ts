import { gzipSync } from 'node:zlib'
import type { Endpoint, Exchange, Headers, Response } from '../types.ts'

/** What a client is expected to make of a row: whether somebody can work with it. */
export type Expected = 'works' | 'breaks'

/** A row of OpenCode's contract as bytes; several rows may share an id, where a row names several forms. */
export interface ClientRow {
  readonly id: string
  readonly form?: string
  readonly exchange: Exchange
  readonly opencode: Expected
  readonly sdk6: Expected
  readonly sdk7: Expected
  readonly openai: Expected
  /** The symptom in OpenCode, where the row names one. */
  readonly symptom?: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Headers
  readonly body?: string | Uint8Array
  readonly end?: Response['end']
  readonly endReason?: string
  readonly failure?: string
  readonly request?: object
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const eventStream: Headers = [['content-type', 'text/event-stream']]
const jsonType: Headers = [['content-type', 'application/json']]

const parameters = { type: 'object', properties: { pattern: { type: 'string' }, path: { type: 'string' } }, required: ['pattern'] }
const names = ['glob', 'read']

const answered = (endpoint: Endpoint, answer: Answer): Exchange => {
  const body = typeof answer.body === 'string' ? encode(answer.body) : (answer.body ?? new Uint8Array())
  const chat = endpoint === 'POST /chat/completions'
  const request = chat
    ? {
        model: 'm',
        messages: [{ role: 'user', content: 'Hi.' }],
        stream: true,
        tools: names.map((name) => ({ type: 'function', function: { name, parameters } })),
      }
    : { model: 'm', input: 'Hi.', stream: true, tools: names.map((name) => ({ type: 'function', name, parameters, strict: false })) }
  // small pieces, so that characters and lines are cut
  const ends = Array.from({ length: Math.ceil(body.length / 7) }, (_, index) => Math.min(body.length, (index + 1) * 7))
  return {
    probe: 's/p',
    attempt: 1,
    step: 0,
    try: 1,
    auth: 'target',
    request: {
      endpoint,
      url: 'http://127.0.0.1:1/v1/x',
      headers: [],
      body: encode(JSON.stringify({ ...request, ...answer.request })),
      sentAtMs: 0,
    },
    outcome:
      answer.failure === undefined
        ? {
            kind: 'response',
            status: answer.status ?? 200,
            headers: answer.headers ?? eventStream,
            body,
            reads: { atMs: ends.map(() => 1), ends },
            end: answer.end ?? 'complete',
            ...(answer.endReason === undefined ? {} : { endReason: answer.endReason }),
            headersAtMs: 1,
            endAtMs: 2,
          }
        : { kind: 'failure', code: answer.failure, message: 'the socket was closed', atMs: 1 },
  }
}

/** One chunk of a chat stream. */
const chunk = (delta: object | null, finish: unknown = null, more: object = {}): object => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
})
const data = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`

const stop = chunk({}, 'stop')
const toolsEnd = chunk({}, 'tool_calls')
const done = '[DONE]'
const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 }
const hi = [chunk({ role: 'assistant', content: 'Hello' }), chunk({ content: ' world' })]
const normal = [...hi, stop, done]
/** A delta of one call. */
const call = (more: object): object => chunk({ tool_calls: [more] })
const fn = (name: string | undefined, text?: unknown) => ({
  ...(name === undefined ? {} : { name }),
  ...(text === undefined ? {} : { arguments: text }),
})
const head = call({ index: 0, id: 'call_1', type: 'function', function: fn('glob', '') })
const rest = (text: unknown, more: object = {}) => call({ index: 0, ...more, function: { arguments: text } })
const args = '{"pattern":"*.ts"}'
const called = [head, rest('{"pattern":'), rest('"*.ts"}'), toolsEnd, done]

export type Words = `${Letter} ${Letter} ${Letter} ${Letter}`
type Letter = 'w' | 'B'

/** @param words what OpenCode, AI SDK 6, AI SDK 7 and the package of OpenAI make of it: `w`orks or `B`reaks */
export const row = (endpoint: Endpoint, id: string, words: Words, answer: Answer, form?: string, symptom?: string): ClientRow => {
  const [opencode, sdk6, sdk7, openai] = words.split(' ').map((letter): Expected => (letter === 'w' ? 'works' : 'breaks')) as [
    Expected,
    Expected,
    Expected,
    Expected,
  ]
  return {
    id,
    ...(form === undefined ? {} : { form }),
    exchange: answered(endpoint, answer),
    opencode,
    sdk6,
    sdk7,
    openai,
    ...(symptom === undefined ? {} : { symptom }),
  }
}

/** A row of a chat stream; a list is sent as events, anything else as it is. */
const chat = (id: string, words: Words, body: readonly unknown[] | Answer, form?: string, symptom?: string): ClientRow =>
  row('POST /chat/completions', id, words, Array.isArray(body) ? { body: body.map(data).join('') } : (body as Answer), form, symptom)

const text = normal.map(data).join('')
const all = 'w w w w'

export const chatRows: readonly ClientRow[] = [
  chat('CH-016', 'B B B B', [chunk({ text: 'Hello' }), chunk({ text: ' world' }), stop, done], 'in the delta', 'blank'),
  chat('CH-000', all, normal, 'text'),
  chat('CH-000', all, called, 'call'),
  ...['id', 'created', 'model', 'object'].flatMap((name) => [
    chat(
      'CH-001',
      all,
      [...hi, stop].map((each) => ({ ...each, [name]: undefined })),
      `no ${name}`,
    ),
    chat(
      'CH-001',
      all,
      [...hi, stop].map((each) => ({ ...each, [name]: null })),
      `${name} null`,
    ),
  ]),
  chat(
    'CH-002',
    'B B B w',
    [...hi, stop].map((each) => ({ ...each, id: 7 })),
    undefined,
    'turn-dies',
  ),
  chat('CH-003', 'B B B w', [{ ...hi[0], created: 'now' }, hi[1], stop], undefined, 'turn-dies'),
  chat(
    'CH-004',
    all,
    [...hi, stop].map((each) => ({ ...each, model: 'other' })),
  ),
  chat('CH-005', all, [{ ...chunk({}), choices: [], prompt_filter_results: [] }, ...normal]),
  chat('CH-006', 'B w w w', [{ id: 'c1', object: 'x' }, ...normal], undefined, 'turn-dies'),
  chat('CH-007', 'B B B w', [...hi, stop, { id: 'c1', usage }, done], undefined, 'turn-dies'),
  chat('CH-008', 'B B B w', [...hi, stop].map((each) => ({ ...each, choices: null })).concat([stop as never]), 'null', 'turn-dies'),
  chat('CH-008', 'B w w w', [{ ...hi[0], choices: {} }, ...normal], 'object', 'turn-dies'),
  chat('CH-009', 'B B B B', [{ ...chunk({}), choices: [] }, done], undefined, 'loops'),
  chat('CH-010', 'B w w w', [hi[0], { type: 'ping' }, hi[1], stop, done], undefined, 'turn-dies'),
  chat('CH-011', all, [
    {
      ...hi[0],
      choices: [
        { index: 0, delta: { content: 'a' } },
        { index: 1, delta: { content: 'b' } },
      ],
    },
    stop,
  ]),
  chat('CH-012', all, [chunk({ content: 'a' }), { ...hi[0], choices: [{ index: 1, delta: { content: 'b' } }] }, stop, done]),
  chat(
    'CH-013',
    all,
    [...hi, stop].map((each) => ({ ...each, service: 'x', logprobs: null, stop_reason: null })),
  ),
  chat(
    'CH-014',
    'B B B w',
    [...hi, stop].map((each) => ({ ...each, error: null })),
    undefined,
    'turn-dies',
  ),
  chat(
    'CH-015',
    'B B B B',
    [{ ...hi[0], choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' } }] }, stop, done],
    undefined,
    'blank',
  ),
  chat('CH-016', 'B B B B', [{ ...hi[0], choices: [{ index: 0, text: 'Hello' }] }, stop, done], undefined, 'blank'),
  chat('CH-017', all, [...hi, chunk(null, 'stop')], 'null'),
  chat('CH-017', all, [...hi, { ...stop, choices: [{ index: 0, finish_reason: 'stop' }] }, done], 'none'),
  chat('CH-020', all, [chunk({ content: 'a' }), stop], 'missing'),
  chat('CH-020', all, [chunk({ role: null, content: 'a' }), stop], 'null'),
  chat('CH-020', all, [chunk({ role: 'assistant', content: 'a' }), chunk({ role: 'assistant', content: 'b' }), stop], 'repeated'),
  chat('CH-021', 'B B w w', [chunk({ role: 'assistant', content: '' }), chunk({ role: '', content: 'a' }), stop], undefined, 'turn-dies'),
  chat('CH-022', 'B B B w', [chunk({ role: 'model', content: 'a' }), stop], 'model', 'turn-dies'),
  chat('CH-022', 'B B B w', [chunk({ role: 'tool', content: 'a' }), stop], 'tool', 'turn-dies'),
  chat('CH-023', all, [chunk({ role: 'assistant', content: null }), ...normal]),
  chat('CH-024', 'B B w B', [chunk({ content: [{ type: 'text', text: 'Hello' }] }), stop], undefined, 'turn-dies'),
  chat('CH-025', 'B B B w', [chunk({ content: 5 }), stop], undefined, 'turn-dies'),
  chat('CH-026', all, [chunk({ role: 'assistant' }), stop]),
  chat('CH-027', all, [chunk({ refusal: 'I cannot.' }), stop]),
  chat('CH-030', 'B w B w', [...hi, done], 'missing', 'loops'),
  chat('CH-030', 'B w B w', [...hi, chunk({}), done], 'null', 'loops'),
  ...['eos', 'end_turn', 'STOP', '', 'error'].map((reason) => chat('CH-031', 'B w w w', [...hi, chunk({}, reason), done], reason, 'loops')),
  chat('CH-032', 'B w w w', [...hi, chunk({}, 'network_error'), done], undefined, 'retried-then-dies'),
  chat('CH-033', 'B B B w', [...hi, chunk({}, 1), done], undefined, 'turn-dies'),
  chat('CH-034', all, [...hi, chunk({}, 'length'), done]),
  chat('CH-035', all, [...hi, chunk({}, 'content_filter'), done]),
  chat('CH-036', all, [chunk({ content: 'a' }, 'stop'), chunk({ content: 'b' }, 'stop'), done], 'every'),
  chat('CH-036', all, [hi[0], stop, hi[1], done], 'content after'),
  chat('CH-037', all, [...hi, stop, chunk({}), done]),
  chat('CH-038', 'B w w w', [...hi, toolsEnd, done], undefined, 'loops'),
  chat('CH-040', all, [...hi, stop], 'missing'),
  chat('CH-040', all, [...normal, done], 'doubled'),
  chat('CH-040', all, { body: text.replace('data: [DONE]', 'data:[DONE]') }, 'no blank'),
  chat('CH-041', 'B B B B', [...hi, stop, '[done]'], undefined, 'turn-dies'),
  chat('CH-042', all, [...hi, stop, done, chunk({ content: '!' })]),
  chat('CH-043', 'B B B w', { body: text, end: 'timeout', endReason: 'held open after the terminal event' }, 'after [DONE]', 'hangs'),
  chat(
    'CH-043',
    'B B B B',
    { body: [...hi, stop].map(data).join(''), end: 'timeout', endReason: 'no bytes in time' },
    'after finish',
    'hangs',
  ),
  chat('CH-044', all, { body: text.replaceAll('\n', '\r\n') }, 'CRLF'),
  chat('CH-044', all, { body: text.replaceAll('\n', '\r') }, 'CR'),
  chat('CH-044', all, { body: `\uFEFF${text}` }, 'BOM'),
  chat('CH-044', all, { body: text.replaceAll('data: ', 'data:') }, 'no blank'),
  chat('CH-045', all, { body: `: ping\n\n${text.replaceAll('data:', 'event: x\nid: 1\nretry: 5\ndata:')}: ping\n\n` }),
  chat('CH-046', 'B B B B', { body: text.replaceAll('\n\n', '\n') }, undefined, 'loops'),
  chat('CH-047', 'B w B w', { body: [...hi, stop].map(data).join('').trimEnd() }, undefined, 'loops'),
  chat('CH-048', all, { body: text.replace('data: {"id":"c1",', 'data: {"id":"c1",\ndata: ') }),
  chat('CH-049', 'B B B B', { body: [...hi, stop].map((each) => `data: ${JSON.stringify(each, null, 2)}\n\n`).join('') }),
  chat('CH-050', 'B B B B', { body: [...hi, stop].map((each) => `${JSON.stringify(each)}\n`).join('') }, undefined, 'loops'),
  chat('CH-051', 'B w w B', { body: `data:\n\n${text}` }),
  chat('CH-052', 'B w w B', { body: `data: {"id":"c1","cho\n\n${text}` }, 'truncated'),
  chat('CH-052', 'B w w B', { body: `data: {"id":NaN}\n\n${text}` }, 'NaN'),
  chat('CH-052', 'B w w B', { body: `data: hello\n\n${text}` }, 'text'),
  chat('CH-053', all, [chunk({ content: 'žluťoučký 🐎 日本' }), stop, done]),
  chat('CH-054', all, {
    body: Buffer.concat([
      Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"a'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`"}}]}\n\n${text}`),
    ]),
  }),
  chat('CH-055', all, { body: text, headers: [['content-type', 'application/json']] }, 'wrong'),
  chat('CH-055', all, { body: text, headers: [] }, 'missing'),
  chat('CH-056', all, { body: gzipSync(text), headers: [...eventStream, ['content-encoding', 'gzip']] }),
  chat('CH-057', 'B B B B', { body: text, headers: [...eventStream, ['content-encoding', 'gzip']] }, undefined, 'retried-then-dies'),
  chat(
    'CH-058',
    'B B B B',
    {
      body: JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      }),
      headers: jsonType,
    },
    undefined,
    'loops',
  ),
  chat('CH-059', 'B B B B', { body: '{"error":{"message":"no"}}', headers: jsonType }, undefined, 'loops'),
  chat(
    'CH-060',
    'B B B B',
    { body: '<!doctype html><html><body>Log in</body></html>', headers: [['content-type', 'text/html']] },
    undefined,
    'loops',
  ),
  chat('CH-061', 'B B B B', { body: '' }, 'empty', 'loops'),
  chat('CH-061', 'B B B B', [done], 'only [DONE]', 'loops'),
  chat('CH-062', 'B B B B', { status: 204, body: '', headers: [] }, undefined, 'loops'),
  chat('CH-063', 'B B B B', { body: hi.map(data).join(''), end: 'truncated', endReason: 'UND_ERR_SOCKET' }, undefined, 'retried-then-dies'),
  chat('CH-064', 'B w B w', hi, undefined, 'loops'),
  chat('CH-065', 'w w B w', [head, rest('{"pattern":')]),
  chat('CH-066', 'B B B B', { failure: 'TIMEOUT' }, undefined, 'hangs'),
  chat('CH-070', all, [...hi, { error: { message: 'boom', code: 500 } }], 'retried', 'retried'),
  chat('CH-070', all, [...hi, { error: { message: 'boom', type: 'x' } }], 'shown', 'server-error-shown'),
  chat('CH-071', all, [...hi, { error: { message: 'too long', code: 'context_length_exceeded' } }], undefined, 'server-error-shown'),
  chat('CH-072', all, [...hi, { error: 'boom' }], undefined, 'server-error-shown'),
  chat('CH-073', all, [...hi, { object: 'error', message: 'boom', type: 'x', code: 400 }], 'vLLM'),
  chat('CH-073', all, [...hi, { detail: 'boom' }], 'detail'),
  chat('CH-074', all, [...hi, { ...chunk({}), error: { message: 'boom' } }]),
  chat('CH-075', all, { body: `${hi.map(data).join('')}event: error\ndata: {"error":{"message":"boom"}}\n\n` }),
  chat('CH-080', all, [...hi.map((each) => ({ ...each, usage: null })), stop, { ...stop, choices: [], usage }, done], 'null'),
  chat(
    'CH-080',
    all,
    [...hi, stop].map((each) => ({ ...each, usage })),
    'every',
  ),
  chat('CH-080', all, [...hi, { ...stop, usage: {} }], 'empty'),
  chat('CH-080', all, [...hi, { ...stop, usage: { prompt_tokens: 1.5, completion_tokens: null, prompt_tokens_details: null } }], 'odd'),
  chat('CH-081', 'B B B w', [...hi, stop, { ...stop, choices: [], usage: { prompt_tokens: '5' } }, done], undefined, 'turn-dies'),
  chat('CH-085', all, [chunk({ reasoning_content: 'hm' }), ...normal], 'reasoning_content'),
  chat('CH-085', all, [chunk({ reasoning: 'hm' }), ...normal], 'reasoning'),
  chat('CH-085', all, [chunk({ reasoning: 'hm', reasoning_content: 'hm' }), ...normal], 'both'),
  chat('CH-086', 'B w w w', [chunk({ reasoning: { text: 'hm' } }), ...normal], undefined, 'turn-dies'),
  chat('CH-087', all, [chunk({ reasoning_text: 'hm' }), ...normal], 'reasoning_text', 'reasoning-dropped'),
  chat('CH-087', all, [chunk({ thinking: 'hm' }), ...normal], 'thinking', 'reasoning-dropped'),
  chat('CH-088', all, [chunk({ content: '<think>hm</think>' }), ...normal], undefined, 'thinking-in-text'),
  chat('CH-089', all, [chunk({ reasoning_content: 'hm' }), stop, done], 'stop', 'reasoning-only'),
  chat('CH-089', all, [chunk({ reasoning_content: 'hm' }), chunk({}, 'length'), done], 'length', 'reasoning-only'),
  chat('CH-090', all, [
    chunk({ reasoning_content: 'hm', content: 'a' }),
    chunk({ reasoning_content: 'hm' }),
    chunk({ reasoning_content: null }),
    stop,
    done,
  ]),
]

export const callRows: readonly ClientRow[] = [
  chat(
    'CH-117',
    all,
    [head, rest('{"pattern'), call({ index: 1, id: 'call_2', function: fn('read', args) }), rest('":"b"}'), toolsEnd, done],
    'the second first',
  ),
  chat('CH-100', all, [
    chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: fn('glob', args) }] }, 'tool_calls'),
    done,
  ]),
  chat('CH-101', all, [call({ id: 'call_1', type: 'function', function: fn('glob', args) }), toolsEnd, done]),
  chat(
    'CH-102',
    'B B w w',
    [call({ id: 'call_1', type: 'function', function: fn('glob', '') }), call({ function: { arguments: args } }), toolsEnd, done],
    undefined,
    'turn-dies',
  ),
  chat('CH-103', 'B B w w', [call({ index: 0, function: fn('glob', args) }), toolsEnd, done], 'missing', 'turn-dies'),
  chat('CH-103', 'B B w w', [call({ index: 0, id: null, function: fn('glob', args) }), toolsEnd, done], 'null', 'turn-dies'),
  chat(
    'CH-103',
    'B B w w',
    [call({ index: 0, function: fn('glob', '') }), rest(args, { id: 'call_1' }), toolsEnd, done],
    'late',
    'turn-dies',
  ),
  chat('CH-104', all, [call({ index: 0, id: '', function: fn('glob', args) }), toolsEnd, done]),
  chat('CH-105', 'B B B w', [call({ index: 0, id: 5, function: fn('glob', args) }), toolsEnd, done], 'id', 'turn-dies'),
  chat('CH-105', 'B B B w', [call({ index: '0', id: 'call_1', function: fn('glob', args) }), toolsEnd, done], 'index', 'turn-dies'),
  chat('CH-106', all, [head, rest('{"pattern":', { id: 'call_1' }), rest('"*.ts"}', { id: 'call_1' }), toolsEnd, done], 'id'),
  chat(
    'CH-106',
    all,
    [head, call({ index: 0, function: fn('glob', '{"pattern":') }), call({ index: 0, function: fn('glob', '"*.ts"}') }), toolsEnd, done],
    'name',
  ),
  chat(
    'CH-106',
    all,
    [
      head,
      call({ index: 0, id: '', function: { name: '', arguments: '{"pattern":' } }),
      call({ index: 0, id: null, function: { name: null, arguments: '"*.ts"}' } }),
      toolsEnd,
      done,
    ],
    'blank later',
  ),
  chat('CH-106', all, [head, rest('{"pattern":', { id: 'call_2' }), rest('"*.ts"}', { id: 'call_3' }), toolsEnd, done], 'id changes'),
  chat('CH-106', all, [call({ index: 0, id: 'call_1', type: '', function: fn('glob', '') }), rest(args), toolsEnd, done], 'type'),
  chat(
    'CH-107',
    'B B w w',
    [call({ index: 0, id: 'call_1', function: { arguments: '' } }), call({ index: 0, function: fn('glob', args) }), toolsEnd, done],
    undefined,
    'turn-dies',
  ),
  chat(
    'CH-108',
    'B B B B',
    [call({ index: 0, id: 'call_1', function: fn('gl', '') }), call({ index: 0, function: fn('ob', '') }), rest(args), toolsEnd, done],
    undefined,
    'tool-name-cut',
  ),
  chat(
    'CH-109',
    'B B B B',
    [call({ index: 0, id: 'call_1', function: fn('glob', { pattern: '*.ts' }) }), toolsEnd, done],
    undefined,
    'turn-dies',
  ),
  chat('CH-110', all, [head, toolsEnd, done]),
  chat('CH-111', all, [call({ index: 0, id: 'call_1', function: fn('glob', null) }), rest(args), toolsEnd, done], 'null'),
  chat('CH-111', all, [call({ index: 0, id: 'call_1', function: fn('glob') }), rest(args), toolsEnd, done], 'missing'),
  chat('CH-112', all, [head, rest('{pattern: *.ts'), toolsEnd, done], undefined, 'invalid-arguments'),
  chat(
    'CH-113',
    'B B B B',
    [call({ index: 0, id: 'call_1', function: fn('glob', '{}') }), rest('{"pattern":'), rest('"*.ts"}'), toolsEnd, done],
    undefined,
    'arguments-lost',
  ),
  chat('CH-114', 'B B B B', [head, rest('{"pattern"'), rest('{"pattern":"*'), rest(args), toolsEnd, done], undefined, 'arguments-garbled'),
  chat('CH-115', 'B B B B', [head, rest(JSON.stringify(args)), toolsEnd, done], undefined, 'arguments-encoded-twice'),
  chat('CH-116', all, [head, rest('{"pattern":5}'), toolsEnd, done], 'type', 'arguments-unfit'),
  chat('CH-116', all, [head, rest('{"pattern":"a","more":1}'), toolsEnd, done], 'extra'),
  chat(
    'CH-117',
    all,
    [
      head,
      rest(args),
      call({ index: 1, id: 'call_2', function: fn('read', '') }),
      call({ index: 1, function: { arguments: args } }),
      toolsEnd,
      done,
    ],
    'one by one',
  ),
  chat(
    'CH-117',
    all,
    [
      head,
      call({ index: 1, id: 'call_2', function: fn('read', '{"pat') }),
      rest(args),
      call({ index: 1, function: { arguments: 'tern":"a"}' } }),
      toolsEnd,
      done,
    ],
    'interleaved',
  ),
  chat(
    'CH-118',
    'B B w B',
    [head, rest(args), call({ index: 0, id: 'call_2', function: fn('read', '') }), rest(args), toolsEnd, done],
    'fragments',
    'tool-call-lost',
  ),
  chat(
    'CH-118',
    'B B w B',
    [
      call({ index: 0, id: 'call_1', function: fn('glob', args) }),
      call({ index: 0, id: 'call_2', function: fn('read', args) }),
      toolsEnd,
      done,
    ],
    'whole',
    'tool-call-lost',
  ),
  chat(
    'CH-119',
    'B w w w',
    [
      call({ index: 0, id: 'call_1', function: fn('glob', args) }),
      call({ index: 1, id: 'call_1', function: fn('read', args) }),
      toolsEnd,
      done,
    ],
    undefined,
    'tool-parts-overwritten',
  ),
  chat('CH-120', all, [
    call({ index: 1, id: 'call_1', function: fn('glob', '') }),
    call({ index: 1, function: { arguments: args } }),
    toolsEnd,
    done,
  ]),
  chat('CH-121', all, [head, rest(args), stop, done], 'stop'),
  chat('CH-121', 'w w B w', [head, rest(args), chunk({}), done], 'null'),
  chat('CH-121', 'w w B w', [head, rest(args), chunk({}, 'tool_call'), done], 'tool_call'),
  chat('CH-121', 'w w B w', [head, rest(args), done], 'missing'),
  chat('CH-122', all, [head, rest('{"pattern":'), chunk({}, 'length'), done]),
  chat('CH-123', 'B w w w', [head, rest(args), call({ index: 0 }), toolsEnd, done], undefined, 'turn-dies'),
  chat('CH-124', all, [chunk({ content: 'a', tool_calls: [] }), chunk({ tool_calls: null }), ...normal]),
  chat('CH-125', 'B w w w', [chunk({ tool_calls: {} }), ...normal], undefined, 'turn-dies'),
  chat('CH-126', 'B B B B', [chunk({ function_call: fn('glob', args) }), chunk({}, 'function_call'), done], undefined, 'loops'),
  chat(
    'CH-127',
    'B B B B',
    [
      chunk({ content: '' }),
      {
        ...toolsEnd,
        choices: [
          {
            index: 0,
            delta: {},
            message: { tool_calls: [{ id: 'call_1', type: 'function', function: fn('glob', args) }] },
            finish_reason: 'tool_calls',
          },
        ],
      },
      done,
    ],
    undefined,
    'loops',
  ),
  chat(
    'CH-128',
    'B B B B',
    [chunk({ content: '<tool_call>\n{"name":"glob","arguments":{"pattern":"*"}}\n</tool_call>' }), stop, done],
    'markup',
    'tool-call-as-text',
  ),
  chat(
    'CH-128',
    'B B B B',
    [chunk({ content: '```json\n{"name":"glob","arguments":{"pattern":"*"}}\n```' }), stop, done],
    'fence',
    'tool-call-as-text',
  ),
  chat('CH-129', all, [call({ index: 0, id: 'call_1', function: fn('Glob', args) }), toolsEnd, done]),
  chat('CH-130', all, [call({ index: 0, id: 'call_1', function: fn('nope', args) }), toolsEnd, done], 'unknown', 'unknown-tool'),
  chat('CH-130', all, [call({ index: 0, id: 'call_1', function: fn('functions.glob', args) }), toolsEnd, done], 'prefix', 'unknown-tool'),
  chat('CH-130', all, [call({ index: 0, id: 'call_1', function: fn('', args) }), toolsEnd, done], 'empty'),
  chat(
    'CH-131',
    all,
    [
      head,
      rest('{"pattern":'),
      rest('"*.ts"}'),
      toolsEnd,
      chunk({
        tool_calls: [
          { index: 0, function: { arguments: '{"pattern":' } },
          { index: 0, function: { arguments: '"*.ts"}' } },
        ],
      }),
      done,
    ],
    'fragments again',
  ),
  chat('CH-131', all, [
    head,
    rest(args),
    chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: fn('glob', args) }] }, 'tool_calls'),
    done,
  ]),
]

const refused = (status: number, body: unknown, headers: Headers = jsonType): Answer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const message = { error: { message: 'no such thing', type: 'invalid_request_error', param: null, code: null } }
const html: Headers = [['content-type', 'text/html']]
const page = '<!doctype html><html><body>Forbidden</body></html>'

export const refusalRows: readonly ClientRow[] = [
  ...[400, 401, 403, 404, 405, 415, 422].map((status) => chat('HE-01', all, refused(status, message), String(status), 'error-shown')),
  ...[408, 409, 429, 500, 501, 502, 503, 504, 529].map((status) => chat('HE-03', all, refused(status, message), String(status), 'retried')),
  chat('HE-04', 'B w w w', refused(413, message), undefined, 'compacts-for-ever'),
  chat('HE-05', all, refused(429, message, [...jsonType, ['retry-after', '1']])),
  chat('HE-06', all, refused(429, { error: { message: 'no quota', code: 'insufficient_quota' } }), undefined, 'retried'),
  chat('HE-07', all, refused(400, { error: 'text' }), undefined, 'error-shown'),
  chat('HE-08', all, refused(400, { message: 'text' }), 'message', 'error-shown'),
  chat('HE-08', all, refused(400, { object: 'error', message: 'text', type: 'x', code: 400 }), 'vLLM', 'error-shown'),
  chat('HE-09', all, refused(400, { detail: 'text' }), 'detail'),
  chat('HE-09', all, refused(422, { detail: [{ loc: ['body'], msg: 'field required' }] }), 'FastAPI'),
  chat('HE-09', all, refused(400, { errors: ['text'] }), 'errors'),
  chat('HE-09', all, refused(400, { error: { message: null } }), 'null'),
  chat('HE-09', all, refused(400, { error: { message: { text: 'x' } } }), 'object'),
  chat('HE-09', all, refused(400, { error: { message: 'text', code: {} } }), 'code'),
  chat('HE-10', all, refused(400, { error: { message: 'text', code: 400 } })),
  chat('HE-11', all, refused(400, '')),
  chat('HE-12', all, refused(404, '404 page not found', [['content-type', 'text/plain']]), undefined, 'error-shown'),
  chat('HE-13', all, refused(401, page, html), '401'),
  chat('HE-13', all, refused(403, page, html), '403'),
  chat('HE-14', all, refused(404, page, html), '404'),
  chat('HE-14', all, refused(502, page, html), '502', 'retried'),
  chat(
    'HE-15',
    'B w w w',
    refused(400, {
      object: 'error',
      message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      code: 400,
    }),
    undefined,
    'refuses-what-is-always-sent',
  ),
  chat(
    'HE-16',
    'B w w w',
    refused(400, { error: { message: "This model's maximum context length is 8192 tokens. However, you requested 9000." } }),
    'OpenAI',
    'compacts-for-ever',
  ),
  chat(
    'HE-16',
    'B w w w',
    refused(400, { error: { message: "'max_tokens' is too large: 32000. This model's maximum context length is 8192 tokens" } }),
    'vLLM',
    'compacts-for-ever',
  ),
  chat(
    'HE-16',
    'B w w w',
    refused(400, { error: { message: 'the request exceeds the available context size, try increasing it' } }),
    'llama.cpp',
    'compacts-for-ever',
  ),
  chat('HE-17', all, refused(400, { error: { message: 'this text is simply too much' } }), undefined, 'error-shown'),
  chat('HE-18', all, refused(400, { error: { message: 'max_tokens must be at most 5000' } }), undefined, 'retried'),
  chat('HE-19', 'B B B B', { failure: 'ECONNRESET' }, undefined, 'cannot-connect'),
]
