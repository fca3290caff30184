import { type Bend, event, eventList, type Fault, must, should } from './bend.ts'
import { insert, q, swap } from './text.ts'

const is = (block: string, type: string) => block.startsWith(`event: ${type}\n`)
const terminal = (block: string) => /^event: response\.(completed|incomplete|failed)\n/.test(block)
const STRING = '"(?:[^"\\\\]|\\\\.)*"'

function renumbered(blocks: string[]): string[] {
  return blocks.map((block, at) => block.replace(/"sequence_number":\d+/, `"sequence_number":${at}`))
}

/** Moves, drops or adds events and numbers them anew, so that only the order is at fault. */
const reordered = (edit: (blocks: string[]) => string[]): Bend => eventList((blocks) => renumbered(edit(blocks)))
const without = (type: string) => reordered((blocks) => blocks.filter((block) => !is(block, type)))
const twice = (type: string) => reordered((blocks) => blocks.flatMap((block) => (is(block, type) ? [block, block] : [block])))
const each = (edit: (block: string, at: number) => string) => event('', edit)
const last = (edit: (block: string) => string) => each((block) => (terminal(block) ? edit(block) : block))

function moved(type: string, after: string): Bend {
  return reordered((blocks) => {
    const from = blocks.findIndex((block) => is(block, type))
    const to = blocks.findIndex((block) => is(block, after))
    return from < 0 || to < 0 ? blocks : insert(blocks, to + 1, blocks[from] ?? '').filter((_, at) => at !== (from > to ? from + 1 : from))
  })
}

/** Faults of Responses streams. */
export const responsesStreamFaults: Fault[] = [
  must('seq-absent', ['rstream.sequence.present'], 'Events have no sequence_number.', each(swap(/"sequence_number":\d+,/, ''))),
  must('seq-zero', ['rstream.sequence.present'], 'Every sequence_number is 0.', each(swap(/"sequence_number":\d+/, '"sequence_number":0'))),
  must(
    'seq-string',
    ['rstream.sequence.present'],
    'sequence_number is a string.',
    each(swap(/"sequence_number":(\d+)/, '"sequence_number":"$1"')),
  ),
  must('created-absent', ['rstream.created-first'], 'The stream begins with response.in_progress.', without('response.created')),
  must('created-twice', ['rstream.created-first'], 'response.created comes twice.', twice('response.created')),
  must(
    'created-second',
    ['rstream.created-first'],
    'response.created follows response.in_progress.',
    moved('response.created', 'response.in_progress'),
  ),
  must(
    'created-completed',
    ['rstream.created-first'],
    'response.created already has status completed.',
    event('response.created', swap('"status":"in_progress","background"', '"status":"completed","background"')),
  ),
  must(
    'created-without-output',
    ['rstream.created-first'],
    'response.created has no output.',
    event('response.created', swap('"output":[],', '')),
  ),
  must(
    'response-id-moves',
    ['rstream.response-id-stable'],
    'The terminal event has another response id.',
    last(swap(/"response":\{"id":"resp_/, '"response":{"id":"resp_z')),
  ),
  must('added-absent', ['rstream.item.added-first'], 'Items are not announced.', without('response.output_item.added')),
  must(
    'added-late',
    ['rstream.item.added-first'],
    'Messages are announced after their part.',
    moved('response.output_item.added', 'response.content_part.added'),
  ),
  must(
    'added-full',
    ['rstream.item.added-first'],
    'Messages are announced with their whole text.',
    eventList((blocks) => {
      const full = /"item":(\{.*\})\}\n/.exec(blocks.find((block) => is(block, 'response.output_item.done')) ?? '')?.[1] ?? ''
      const put = (block: string) => block.replace(/"item":\{.*\}\}\n/, () => `"item":${full}}\n`)
      return blocks.map((block) => (is(block, 'response.output_item.added') && block.includes('"message"') ? put(block) : block))
    }),
  ),
  must(
    'added-completed',
    ['rstream.item.added-first'],
    'Items are announced with status completed.',
    event('response.output_item.added', swap('"status":"in_progress"', '"status":"completed"')),
  ),
  must('output-index-absent', ['rstream.item.output-index'], 'Item events have no output_index.', each(swap(/"output_index":\d+,/, ''))),
  must(
    'output-index-from-one',
    ['rstream.item.output-index'],
    'Items count from 1.',
    each((block) => block.replace(/"output_index":(\d+)/, (_all, index: string) => `"output_index":${Number(index) + 1}`)),
  ),
  must(
    'item-id-delta',
    ['rstream.item.id-stable'],
    'Text deltas name an item that does not exist.',
    event('response.output_text.delta', swap(/"item_id":"msg_/, '"item_id":"msg_x')),
  ),
  must(
    'item-id-each',
    ['rstream.item.id-stable'],
    'Every text delta names another item.',
    event('response.output_text.delta', (block, at) => block.replace(/"item_id":"(\w+)"/, `"item_id":"$1${at}"`)),
  ),
  must(
    'item-id-final',
    ['rstream.item.id-stable', 'rstream.terminal.snapshot'],
    'The terminal response has other item ids.',
    last(swap(/\{"id":"(msg|fc)_/g, '{"id":"$1_final')),
  ),
  must(
    'item-done-absent',
    ['rstream.item.done', 'rstream.terminal.snapshot'],
    'Items are never closed.',
    without('response.output_item.done'),
  ),
  must('item-done-twice', ['rstream.item.done'], 'Items are closed twice.', twice('response.output_item.done')),
  must(
    'item-done-open',
    ['rstream.item.done', 'rstream.terminal.snapshot'],
    'Closed items still have status in_progress.',
    event('response.output_item.done', swap(/"status":"(completed|incomplete)"/, '"status":"in_progress"')),
  ),
  must(
    'part-after-item',
    ['rstream.item.done'],
    'A part is closed after its item.',
    moved('response.content_part.done', 'response.output_item.done'),
  ),
  must('part-added-absent', ['rstream.part.added-first'], 'Parts are not announced.', without('response.content_part.added')),
  must(
    'part-added-late',
    ['rstream.part.added-first'],
    'A part is announced after its first delta.',
    moved('response.content_part.added', 'response.output_text.delta'),
  ),
  must(
    'part-added-full',
    ['rstream.part.added-first'],
    'A part is announced with text in it.',
    event('response.content_part.added', swap('"text":""', '"text":"O"')),
  ),
  must(
    'content-index-absent',
    ['rstream.part.content-index'],
    'Text deltas have no content_index.',
    event('response.output_text.delta', swap('"content_index":0,', '')),
  ),
  must(
    'content-index-from-one',
    ['rstream.part.content-index'],
    'Parts count from 1.',
    each(swap('"content_index":0', '"content_index":1')),
  ),
  must(
    'text-done-empty',
    ['rstream.text.done'],
    'output_text.done has no text.',
    event('response.output_text.done', swap(new RegExp(`"text":${STRING}`), '"text":""')),
  ),
  must('text-done-absent', ['rstream.text.done'], 'output_text.done is never sent.', without('response.output_text.done')),
  must(
    'part-done-differs',
    ['rstream.text.done'],
    'content_part.done has a full stop more.',
    event('response.content_part.done', swap(/"text":"((?:[^"\\]|\\.)*)"/, '"text":"$1."')),
  ),
  must(
    'item-text-differs',
    ['rstream.text.done'],
    'The closed item and the final response have a full stop more.',
    each((block) =>
      is(block, 'response.output_item.done') || terminal(block)
        ? block.replace(/("type":"output_text","text":)"((?:[^"\\]|\\.)*)"/, '$1"$2."')
        : block,
    ),
  ),
  must(
    'delta-lost',
    ['rstream.text.done'],
    'One text delta is never sent.',
    reordered((blocks) => {
      const lost = blocks.findLastIndex((block) => is(block, 'response.output_text.delta'))
      return blocks.filter((_, at) => at !== lost)
    }),
  ),
  must(
    'terminal-absent',
    ['rstream.terminal'],
    'The stream ends after its last item.',
    eventList((blocks) => blocks.filter((block) => !terminal(block))),
  ),
  must(
    'terminal-twice',
    ['rstream.terminal'],
    'The terminal event comes twice.',
    reordered((blocks) => blocks.flatMap((block) => (terminal(block) ? [block, block] : [block]))),
  ),
  must(
    'event-after-terminal',
    ['rstream.terminal'],
    'A usage event follows the terminal event.',
    reordered((blocks) => [...blocks, 'event: response.usage\ndata: {"type":"response.usage","sequence_number":0,"usage":{}}\n\n']),
  ),
  must(
    'terminal-renamed',
    ['rstream.terminal'],
    'The terminal event is called response.done.',
    each(swap(/response\.completed/g, 'response.done')),
  ),
  must(
    'final-without-usage',
    ['rstream.terminal.snapshot'],
    'The terminal response has usage: null.',
    last(swap(/"usage":\{.*?\},"user"/s, '"usage":null,"user"')),
  ),
  must(
    'final-without-output',
    ['rstream.terminal.snapshot'],
    'The terminal response has empty output.',
    last(swap(/"output":\[.*\],"parallel/s, '"output":[],"parallel')),
  ),
  must(
    'cut-stream-completed',
    ['rstream.terminal.incomplete'],
    'A cut stream ends with response.completed.',
    each((block) => {
      const told = block.replace(/response\.incomplete/g, 'response.completed').replace(/"status":"incomplete"/g, '"status":"completed"')
      return told.replace('"incomplete_details":{"reason":"max_output_tokens"}', '"incomplete_details":null')
    }),
  ),
  must(
    'cut-stream-unexplained',
    ['rstream.terminal.incomplete'],
    'A cut stream does not say why.',
    last(swap('"incomplete_details":{"reason":"max_output_tokens"}', '"incomplete_details":null')),
  ),
  must(
    'cut-stream-named-completed',
    ['rstream.terminal.incomplete'],
    'Only the name of the terminal event says completed.',
    each(swap(/response\.incomplete/g, 'response.completed')),
  ),
  must('rstream-ignored', ['transport.sse.content-type'], 'stream: true on /responses yields a plain reply.', {
    ask: (ask, where) => {
      if (where.kind === 'responses') ask.stream = false
    },
  }),
  must(
    'args-done-absent',
    ['rtools.stream'],
    'function_call_arguments.done is never sent.',
    without('response.function_call_arguments.done'),
  ),
  must(
    'args-done-differs',
    ['rtools.stream'],
    'function_call_arguments.done says {} whatever was streamed.',
    event('response.function_call_arguments.done', swap(new RegExp(`"arguments":${STRING}`), '"arguments":"{}"')),
  ),
  must('args-deltas-absent', ['rtools.stream'], 'Arguments come only with done.', without('response.function_call_arguments.delta')),
  must(
    'args-item-differs',
    ['rtools.stream'],
    'The closed call and the final response say {} whatever was streamed.',
    each((block) =>
      is(block, 'response.output_item.done') || terminal(block)
        ? block.replace(new RegExp(`"arguments":${STRING}`, 'g'), '"arguments":"{}"')
        : block,
    ),
  ),
  must(
    'call-added-nameless',
    ['rtools.stream'],
    'Calls are announced without a name.',
    event('response.output_item.added', swap(/"name":"\w+",/, '')),
  ),
  must(
    'call-added-full',
    ['rtools.stream', 'rstream.item.added-first'],
    'Calls are announced with their arguments.',
    eventList((blocks) => {
      const done = blocks.filter((block) => is(block, 'response.output_item.done'))
      const args = done.map((block) => new RegExp(`"arguments":(${STRING})`).exec(block)?.[1] ?? q(''))
      let at = 0
      return blocks.map((block) =>
        is(block, 'response.output_item.added') ? block.replace('"arguments":""', () => `"arguments":${args[at++]}`) : block,
      )
    }),
  ),
  must(
    'args-delta-lost',
    ['rtools.stream'],
    'The last piece of the arguments is never sent.',
    reordered((blocks) => {
      const lost = blocks.findLastIndex((block) => is(block, 'response.function_call_arguments.delta'))
      return blocks.filter((_, at) => at !== lost)
    }),
  ),
  should(
    'rfailure-unclosed',
    ['rstream.error', 'rstream.terminal'],
    'A stream that fails midway ends with the error event alone.',
    eventList((blocks) => {
      if (blocks.length < 20) return blocks
      const what = '"code":"server_error","message":"The model is gone.","param":null'
      return [...blocks.slice(0, 12), `event: error\ndata: {"type":"error","sequence_number":12,${what}}\n\n`]
    }),
  ),
  should('event-lines-absent', ['rstream.event-name'], 'Blocks have no event line.', each(swap(/^event: [\w.]+\n/, ''))),
  should(
    'event-lines-message',
    ['rstream.event-name'],
    'Every event line says message.',
    each(swap(/^event: [\w.]+\n/, 'event: message\n')),
  ),
  should(
    'seq-from-one',
    ['rstream.sequence.contiguous'],
    'Events count from 1.',
    each((block, at) => block.replace(/"sequence_number":\d+/, `"sequence_number":${at + 1}`)),
  ),
  should(
    'seq-gaps',
    ['rstream.sequence.contiguous'],
    'Every second number is left out.',
    each((block, at) => block.replace(/"sequence_number":\d+/, `"sequence_number":${at * 2}`)),
  ),
  should('in-progress-absent', ['rstream.in-progress'], 'response.in_progress is never sent.', without('response.in_progress')),
  should(
    'rlogprobs-absent',
    ['rstream.text.logprobs'],
    'Text deltas have no logprobs.',
    event('response.output_text.delta', swap(',"logprobs":[]', '')),
  ),
  should(
    'chat-chunk-inside',
    ['rstream.extensions', 'rstream.sequence.present', 'rstream.event-name'],
    'A chat chunk is mixed in.',
    eventList((blocks) => insert(blocks, 3, 'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[]}\n\n')),
  ),
]
