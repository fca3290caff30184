import { type Answer, type ClientRow, row, type Words } from './client-rows.ts'

type Event = { readonly type: string } & Readonly<Record<string, unknown>>

const usage = {
  input_tokens: 5,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 2,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 7,
}
const reply = (status: string, output: readonly object[], more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status,
  output,
  usage,
  error: null,
  incomplete_details: null,
  ...more,
})

const part = { type: 'output_text', text: 'Hello world', annotations: [] }
const message = { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [part] }
const created: Event = { type: 'response.created', response: reply('in_progress', [], { usage: null }) }
const added: Event = { type: 'response.output_item.added', output_index: 0, item: { ...message, status: 'in_progress', content: [] } }
const delta = (text: string): Event => ({
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: text,
  logprobs: [],
})
const textEvents: readonly Event[] = [
  { type: 'response.content_part.added', item_id: 'msg_1', output_index: 0, content_index: 0, part: { ...part, text: '' } },
  delta('Hello'),
  delta(' world'),
  { type: 'response.output_text.done', item_id: 'msg_1', output_index: 0, content_index: 0, text: 'Hello world', logprobs: [] },
  { type: 'response.content_part.done', item_id: 'msg_1', output_index: 0, content_index: 0, part },
]
const itemDone: Event = { type: 'response.output_item.done', output_index: 0, item: message }
const completed: Event = { type: 'response.completed', response: reply('completed', [message]) }
const normal: readonly Event[] = [created, added, ...textEvents, itemDone, completed]

const args = '{"pattern":"*.ts"}'
const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'glob', arguments: args, status: 'completed' }
const callAdded: Event = { type: 'response.output_item.added', output_index: 0, item: { ...call, arguments: '', status: 'in_progress' } }
const callDeltas: readonly Event[] = [
  { type: 'response.function_call_arguments.delta', item_id: 'fc_1', output_index: 0, delta: '{"pattern":' },
  { type: 'response.function_call_arguments.delta', item_id: 'fc_1', output_index: 0, delta: '"*.ts"}' },
  { type: 'response.function_call_arguments.done', item_id: 'fc_1', output_index: 0, arguments: args },
]
const callDone = (item: object = call): Event => ({ type: 'response.output_item.done', output_index: 0, item })
const callCompleted = (item: object = call): Event => ({ type: 'response.completed', response: reply('completed', [item]) })
const called = [created, callAdded, ...callDeltas, callDone(), callCompleted()]

const numbered = (events: readonly Event[], from = 0): string =>
  events.map((event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ sequence_number: from + index, ...event })}\n\n`).join('')
const bare = (events: readonly object[]): string => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
const without = (value: object, ...members: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !members.includes(name)))
/** The same stream with some events changed or, where nothing is given back, left out. */
const bent = (events: readonly Event[], change: (event: Event) => object | undefined): readonly Event[] =>
  events.flatMap((event) => {
    const changed = change(event)
    return changed ? [changed as Event] : []
  })

const responses = (id: string, words: Words, body: readonly Event[] | Answer, form?: string, symptom?: string): ClientRow =>
  row('POST /responses', id, words, Array.isArray(body) ? { body: numbered(body) } : (body as Answer), form, symptom)

const all = 'w w w w'

export const responsesRows: readonly ClientRow[] = [
  responses('RS-000', all, normal, 'text'),
  responses('RS-000', all, called, 'call'),
  responses('RS-01', all, { body: bare(normal) }, 'no names'),
  responses('RS-01', all, { body: numbered(normal).replaceAll(/^event: .*$/gm, 'event: x') }, 'wrong names'),
  responses('RS-01', all, { body: `${numbered(normal)}data: [DONE]\n\n` }, '[DONE]'),
  responses('RS-01', all, [created, { type: 'response.vendor' }, { type: 'ping' }, ...normal.slice(1)], 'unknown'),
  responses('RS-02', all, normal.slice(1), 'missing'),
  responses(
    'RS-02',
    'w w B w',
    [{ ...created, response: without(created.response as object, 'created_at', 'model') } as Event, ...normal.slice(1)],
    'members',
  ),
  responses('RS-02', all, [{ ...created, response: { ...(created.response as object), created_at: 1.5 } }, ...normal.slice(1)], 'float'),
  responses('RS-03', 'B w w w', normal.slice(0, -1), undefined, 'loops'),
  responses(
    'RS-04',
    'B w w w',
    [...normal.slice(0, -1), { ...completed, response: without(completed.response as object, 'usage') }],
    'missing',
    'loops',
  ),
  responses(
    'RS-04',
    'B w w w',
    [...normal.slice(0, -1), { ...completed, response: reply('completed', [message], { usage: null }) }],
    'null',
    'loops',
  ),
  responses(
    'RS-04',
    'B w B w',
    [
      ...normal.slice(0, -1),
      { ...completed, response: reply('completed', [message], { usage: { prompt_tokens: 5, completion_tokens: 2 } }) },
    ],
    'chat names',
    'loops',
  ),
  responses('RS-05', all, [
    ...normal.slice(0, -1),
    { ...completed, response: reply('completed', [message], { usage: { input_tokens: 5, output_tokens: 2, total_tokens: 7 } }) },
  ]),
  responses(
    'RS-06',
    'B w w w',
    normal.filter((event) => event !== added),
    undefined,
    'turn-dies',
  ),
  responses(
    'RS-07',
    'B w B w',
    bent(normal, (event) => without(event, 'output_index')),
    undefined,
    'turn-dies',
  ),
  responses(
    'RS-08',
    'B B B w',
    bent(normal, (event) => without(event, 'item_id')),
    'item_id',
    'blank',
  ),
  responses(
    'RS-08',
    'B w B w',
    bent(normal, (event) => (event.item ? { ...event, item: without(event.item as object, 'id') } : event)),
    'item without id',
  ),
  responses(
    'RS-09',
    'B B B B',
    normal.filter(({ type }) => !type.startsWith('response.output_text') && !type.startsWith('response.content_part')),
    'done',
    'blank',
  ),
  responses('RS-09', 'B B B B', [created, completed], 'completed', 'blank'),
  responses(
    'RS-10',
    all,
    normal.filter((event) => event !== itemDone),
  ),
  responses('RS-11', all, [created, callAdded, callDone(), callCompleted()], 'no deltas'),
  responses('RS-11', all, [created, callDone(), callCompleted()], 'only done'),
  responses('RS-12', 'B B B B', [created, callAdded, ...callDeltas, callCompleted()], undefined, 'tool-aborted'),
  responses('RS-13', 'B B B B', [created, callCompleted()], undefined, 'tool-call-lost'),
  ...['id', 'call_id'].map((name) =>
    responses(
      'RS-14',
      name === 'id' ? 'B B B w' : 'B B B w',
      bent(called, (event) => (event.item ? { ...event, item: without(event.item as object, name) } : event)),
      name,
      'tool-call-lost',
    ),
  ),
  responses(
    'RS-15',
    'B B B w',
    bent(called, (event) => (event.type === 'response.output_item.done' ? { ...event, item: without(call, 'status') } : event)),
    'missing',
    'tool-aborted',
  ),
  responses(
    'RS-15',
    'B B w w',
    bent(called, (event) => (event.type === 'response.output_item.done' ? { ...event, item: { ...call, status: 'in_progress' } } : event)),
    'in_progress',
    'tool-aborted',
  ),
  responses(
    'RS-16',
    'B B B w',
    [
      created,
      callAdded,
      ...callDeltas,
      callDone({ ...call, arguments: { pattern: '*.ts' } }),
      callCompleted({ ...call, arguments: { pattern: '*.ts' } }),
    ],
    undefined,
    'tool-aborted',
  ),
  responses('RS-17', all, [
    created,
    callAdded,
    ...callDeltas,
    callDone({ ...call, arguments: '{"pattern":"b"}' }),
    callCompleted({ ...call, arguments: '{"pattern":"b"}' }),
  ]),
  responses('RS-18', all, [
    created,
    { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
    {
      type: 'response.reasoning_summary_part.added',
      item_id: 'rs_1',
      output_index: 0,
      summary_index: 0,
      part: { type: 'summary_text', text: '' },
    },
    { type: 'response.reasoning_summary_text.delta', item_id: 'rs_1', output_index: 0, summary_index: 0, delta: 'hm' },
    {
      type: 'response.reasoning_summary_part.done',
      item_id: 'rs_1',
      output_index: 0,
      summary_index: 0,
      part: { type: 'summary_text', text: 'hm' },
    },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'hm' }] },
    },
    ...normal.slice(1).map((event) => ('output_index' in event ? { ...event, output_index: 1 } : event)),
  ]),
  responses('RS-19', all, [
    created,
    { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
    { type: 'response.reasoning_text.delta', item_id: 'rs_1', output_index: 0, content_index: 0, delta: 'hm' },
    { type: 'response.output_item.done', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
    ...normal.slice(1).map((event) => ('output_index' in event ? { ...event, output_index: 1 } : event)),
  ]),
  responses(
    'RS-20',
    'B w w w',
    [
      created,
      { type: 'response.reasoning_summary_text.delta', item_id: 'rs_9', output_index: 0, summary_index: 0, delta: 'hm' },
      ...normal.slice(1),
    ],
    undefined,
    'turn-dies',
  ),
  responses('RS-21', all, [
    created,
    added,
    { type: 'response.refusal.delta', item_id: 'msg_1', output_index: 0, content_index: 0, delta: 'I cannot.' },
    { type: 'response.refusal.done', item_id: 'msg_1', output_index: 0, content_index: 0, refusal: 'I cannot.' },
    { ...itemDone, item: { ...message, content: [{ type: 'refusal', refusal: 'I cannot.' }] } },
    { ...completed, response: reply('completed', [{ ...message, content: [{ type: 'refusal', refusal: 'I cannot.' }] }]) },
  ]),
  responses(
    'RS-22',
    all,
    [created, { type: 'response.failed', response: reply('failed', [], { error: { code: 'server_error', message: 'boom' } }) }],
    undefined,
    'retried',
  ),
  responses('RS-23', all, [created, { type: 'response.failed', response: reply('failed', []) }], undefined, 'ends-blank'),
  responses(
    'RS-24',
    all,
    [
      ...normal.slice(0, -1),
      { type: 'response.incomplete', response: reply('incomplete', [message], { incomplete_details: { reason: 'max_output_tokens' } }) },
    ],
    'length',
  ),
  responses(
    'RS-24',
    all,
    [
      ...normal.slice(0, -1),
      { type: 'response.incomplete', response: reply('incomplete', [message], { incomplete_details: { reason: 'content_filter' } }) },
    ],
    'filter',
  ),
  responses('RS-25', all, [created, { type: 'error', code: 'server_error', message: 'boom', param: null }], 'flat'),
  responses('RS-25', all, [created, { type: 'error', error: { type: 'x', code: 'server_error', message: 'boom', param: null } }], 'nested'),
  responses(
    'RS-26',
    'B B w w',
    { body: bare([created, { type: 'error', code: 'server_error', message: 'boom', param: null }]) },
    undefined,
    'loops',
  ),
  responses('RS-27', all, { body: `${numbered([created])}${bare([{ error: { message: 'boom' } }])}` }),
  responses(
    'RS-28',
    'B B B B',
    {
      body: `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}\n\ndata: [DONE]\n\n`,
    },
    undefined,
    'turn-dies',
  ),
  responses(
    'RS-29',
    'B B B B',
    { body: JSON.stringify(reply('completed', [message])), headers: [['content-type', 'application/json']] },
    undefined,
    'loops',
  ),
  responses(
    'RS-30',
    'B w w w',
    { status: 404, headers: [['content-type', 'application/json']], body: '{"error":{"message":"POST /v1/responses"}}' },
    undefined,
    'no-such-endpoint',
  ),
  responses('RS-31', all, [
    created,
    { type: 'response.output_item.added', output_index: 0, item: { type: 'vendor_call', id: 'v_1' } },
    { type: 'response.output_item.done', output_index: 0, item: { type: 'vendor_call', id: 'v_1' } },
    ...normal.slice(1).map((event) => ('output_index' in event ? { ...event, output_index: 1 } : event)),
  ]),
  responses(
    'RS-32',
    'B B B B',
    { body: numbered(normal), end: 'timeout', endReason: 'held open after the terminal event' },
    undefined,
    'hangs',
  ),
  responses(
    'RS-33',
    'B B B B',
    { body: numbered(normal.slice(0, 4)), end: 'truncated', endReason: 'UND_ERR_SOCKET' },
    undefined,
    'retried-then-dies',
  ),
  responses(
    'RS-34',
    'B w w w',
    {
      status: 400,
      headers: [['content-type', 'application/json']],
      body: '{"error":{"message":"Unknown parameter: \'include\'.","param":"include"}}',
    },
    undefined,
    'refuses-what-is-always-sent',
  ),
]
