import { chunk, chunkList, type Fault, must, should } from './bend.ts'
import { insert, q, swap } from './text.ts'

const DONE = 'data: [DONE]\n\n'
const finishes = (block: string) => /"finish_reason":"/.test(block)
const speaks = (block: string) => block.includes('"delta":{"content":"')
const counts = (block: string) => block.includes('"choices":[],"usage":{')
const contentOf = (block: string): string => JSON.parse(/"delta":\{"content":("(?:[^"\\]|\\.)*")\}/.exec(block)?.[1] ?? '""') as string
const withContent = (block: string, text: string) =>
  block.replace(/"delta":\{"content":"(?:[^"\\]|\\.)*"\}/, () => `"delta":{"content":${q(text)}}`)

/** Faults of chat streams. */
export const streamFaults: Fault[] = [
  must('stream-ignored', ['stream.switch', 'transport.sse.content-type'], 'stream: true yields a plain reply.', {
    ask: (ask, where) => {
      if (where.kind === 'chat') ask.stream = false
    },
  }),
  must('stream-unasked', ['stream.switch'], 'stream: false yields a stream.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && ask.body.stream === false) ask.stream = true
    },
  }),
  must(
    'chunk-object',
    ['stream.object'],
    'Chunks call themselves chat.completion.',
    chunk(swap('"chat.completion.chunk"', '"chat.completion"')),
  ),
  must('chunk-object-absent', ['stream.object'], 'Chunks have no object.', chunk(swap('"object":"chat.completion.chunk",', ''))),
  must(
    'chunk-id-moves',
    ['stream.id-stable'],
    'Every chunk has its own id.',
    chunk((block, at) => block.replace(/"id":"(cmp-\w+)"/, `"id":"$1-${at}"`)),
  ),
  must('chunk-id-empty', ['stream.id-stable'], 'Chunks have an empty id.', chunk(swap(/"id":"cmp-\w+"/, '"id":""'))),
  must('chunk-id-absent', ['stream.id-stable'], 'Chunks have no id.', chunk(swap(/"id":"cmp-\w+",/, ''))),
  must(
    'choices-null',
    ['stream.choices-array'],
    'The first chunk has choices: null.',
    chunkList((blocks) => [(blocks[0] ?? '').replace(/"choices":\[.*\]/, '"choices":null'), ...blocks]),
  ),
  must(
    'choices-missing-with-usage',
    ['stream.choices-array'],
    'The usage chunk has no choices.',
    chunk(swap('"choices":[],"usage"', '"usage"')),
  ),
  must(
    'choices-empty-midway',
    ['stream.choices-array'],
    'An idle server sends chunks with empty choices.',
    chunkList((blocks) => insert(blocks, 2, (blocks[1] ?? '').replace(/"choices":\[\{.*\}\]/, '"choices":[]'))),
  ),
  must('delta-named-message', ['stream.choice-shape'], 'The delta is called message.', chunk(swap('"delta":', '"message":'))),
  must('delta-null', ['stream.choice-shape'], 'The finish chunk has delta: null.', chunk(swap('"delta":{}', '"delta":null'))),
  must(
    'message-beside-delta',
    ['stream.choice-shape'],
    'The finish chunk repeats the message beside its delta.',
    chunk(swap('"delta":{}', '"delta":{},"message":{"role":"assistant","content":""}')),
  ),
  must('choice-index-absent', ['stream.choice-shape'], 'Choices in chunks have no index.', chunk(swap('{"index":0,"delta"', '{"delta"'))),
  must('role-never', ['stream.role-first'], 'No delta names a role.', chunk(swap('"delta":{"role":"assistant",', '"delta":{'))),
  must(
    'role-late',
    ['stream.role-first'],
    'The role comes with the finish.',
    chunk((block) => block.replace('"delta":{"role":"assistant",', '"delta":{').replace('"delta":{}', '"delta":{"role":"assistant"}')),
  ),
  must(
    'role-emptied',
    ['stream.role-value'],
    'Later deltas have an empty role.',
    chunk(swap('"delta":{"content"', '"delta":{"role":"","content"')),
  ),
  must('role-model', ['stream.role-value', 'stream.role-first'], 'The role is model.', chunk(swap('"role":"assistant"', '"role":"model"'))),
  must(
    'delta-content-parts',
    ['stream.content-type'],
    'Delta content is an array of parts.',
    chunk(swap(/"delta":\{"content":("(?:[^"\\]|\\.)*")\}/, '"delta":{"content":[{"type":"text","text":$1}]}')),
  ),
  must(
    'delta-content-object',
    ['stream.content-type'],
    'Delta content is an object.',
    chunk(swap(/"delta":\{"content":("(?:[^"\\]|\\.)*")\}/, '"delta":{"content":{"text":$1}}')),
  ),
  must(
    'snapshots',
    ['stream.increments'],
    'Every delta repeats the whole text so far.',
    chunkList((blocks) => {
      let sum = ''
      return blocks.map((block) => {
        if (!speaks(block)) return block
        sum += contentOf(block)
        return withContent(block, sum)
      })
    }),
  ),
  must(
    'answer-twice',
    ['stream.increments'],
    'The last delta repeats the whole answer.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex(speaks)
      if (last < 0) return blocks
      return insert(blocks, last + 1, withContent(blocks[last] ?? '', blocks.filter(speaks).map(contentOf).join('')))
    }),
  ),
  must(
    'finish-never',
    ['stream.finish-once'],
    'No chunk has a finish_reason.',
    chunk(swap(/"finish_reason":"\w+"/, '"finish_reason":null')),
  ),
  must(
    'finish-twice',
    ['stream.finish-once'],
    'The finish chunk comes twice.',
    chunkList((blocks) => blocks.flatMap((block) => (finishes(block) ? [block, block] : [block]))),
  ),
  must(
    'finish-empty',
    ['stream.finish-once'],
    'Until the end finish_reason is an empty string.',
    chunk(swap('"finish_reason":null', '"finish_reason":""')),
  ),
  must(
    'finish-eos-streamed',
    ['stream.finish-once'],
    'A stream finishes with eos_token.',
    chunk(swap('"finish_reason":"stop"', '"finish_reason":"eos_token"')),
  ),
  must(
    'content-after-finish',
    ['stream.finish-last'],
    'The last word follows the finish.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex(speaks)
      const end = blocks.findIndex(finishes)
      return last < 0 ? blocks : insert(blocks, end + 1, blocks[last] ?? '').filter((_, at) => at !== last)
    }),
  ),
  must(
    'cut-says-stop-streamed',
    ['stream.length-finish'],
    'A stream cut by the cap finishes with stop.',
    chunk(swap('"finish_reason":"length"', '"finish_reason":"stop"')),
  ),
  must(
    'done-never',
    ['stream.done-sentinel'],
    'The stream just ends.',
    chunkList((blocks) => blocks.slice(0, -1)),
  ),
  must('done-json', ['stream.done-sentinel'], 'The sentinel is a JSON object.', chunk(swap('data: [DONE]', 'data: {"done":true}'))),
  must(
    'done-early',
    ['stream.nothing-after-done', 'stream.done-sentinel'],
    'The sentinel comes before the finish.',
    chunkList((blocks) => insert(blocks.slice(0, -1), blocks.findIndex(finishes), DONE)),
  ),
  must(
    'done-twice',
    ['stream.nothing-after-done'],
    'The sentinel comes twice.',
    chunkList((blocks) => [...blocks, DONE]),
  ),
  must(
    'usage-after-done',
    ['stream.nothing-after-done', 'stream.usage.on-request'],
    'The usage chunk follows the sentinel.',
    chunkList((blocks) => [...blocks.filter((block) => !counts(block)), ...blocks.filter(counts)]),
  ),
  must(
    'metrics-after-done',
    ['stream.nothing-after-done'],
    'An event with timings follows the sentinel.',
    chunkList((blocks) => [...blocks, 'data: {"object":"metrics","ms":4}\n\n']),
  ),
  must(
    'usage-never',
    ['stream.usage.on-request'],
    'include_usage yields no usage.',
    chunkList((blocks) => blocks.filter((block) => !counts(block))),
  ),
  must(
    'usage-partial',
    ['stream.usage.on-request', 'usage.present'],
    'Streamed usage has no total.',
    chunk(swap(/,"total_tokens":\d+/, '')),
  ),
  must(
    'usage-sum-off-streamed',
    ['stream.usage.on-request', 'usage.sum'],
    'The total of a streamed usage is 1 too high.',
    chunk((block) => block.replace(/"total_tokens":(\d+)/, (_all, total: string) => `"total_tokens":${Number(total) + 1}`)),
  ),
  must(
    'failure-silent',
    ['errors.stream.mid-stream', 'stream.finish-once', 'stream.done-sentinel'],
    'A long stream fails midway and just ends.',
    chunkList((blocks) => (blocks.length > 40 ? blocks.slice(0, 30) : blocks)),
  ),
  must(
    'failure-as-text',
    ['errors.stream.mid-stream', 'stream.finish-once', 'stream.done-sentinel'],
    'A long stream fails midway with an error that is a string.',
    chunkList((blocks) => (blocks.length > 40 ? [...blocks.slice(0, 30), 'data: {"error":"The model is gone."}\n\n'] : blocks)),
  ),
  should(
    'failure-then-stop',
    ['errors.stream.no-fake-finish'],
    'A long stream that fails midway also finishes with stop.',
    chunkList((blocks) => {
      const error = '{"error":{"message":"The model is gone.","type":"server_error","param":null,"code":null}}'
      const end = blocks.findIndex(finishes)
      return blocks.length > 40 ? [...blocks.slice(0, 30), `data: ${error}\n\n`, ...blocks.slice(end)] : blocks
    }),
  ),
  should(
    'created-moves',
    ['stream.created-stable'],
    'created is the time of the chunk.',
    chunk((block, at) => block.replace(/"created":(\d+)/, (_all, time: string) => `"created":${Number(time) + Math.floor(at / 2)}`)),
  ),
  should(
    'model-moves',
    ['stream.created-stable'],
    'The last chunks name another model.',
    chunk((block) => (finishes(block) ? block.replace(/"model":"([^"]*)"/, '"model":"$1-0613"') : block)),
  ),
  should(
    'role-each-time',
    ['stream.role-once'],
    'Every delta repeats the role.',
    chunk(swap('"delta":{"content"', '"delta":{"role":"assistant","content"')),
  ),
  should('one-lump', ['stream.granularity', 'transport.sse.incremental'], 'The whole answer comes in one chunk.', {
    ask: (ask, where) => {
      if (where.kind === 'chat') ask.grain = 100_000
    },
  }),
  should('finish-key-absent', ['stream.finish-key'], 'finish_reason is absent until the end.', chunk(swap(',"finish_reason":null', ''))),
  should(
    'finish-with-content',
    ['stream.finish-own-chunk'],
    'The last word rides on the finish chunk.',
    chunkList((blocks) => {
      const last = blocks.findLastIndex(speaks)
      if (last < 0) return blocks
      const delta = `"delta":{"content":${q(contentOf(blocks[last] ?? ''))}}`
      return blocks.map((block) => (finishes(block) ? block.replace('"delta":{}', () => delta) : block)).filter((_, at) => at !== last)
    }),
  ),
  should(
    'usage-on-finish',
    ['stream.usage.own-chunk'],
    'Usage rides on the finish chunk.',
    chunkList((blocks) => {
      const usage = /"usage":\{.*\}\}/.exec(blocks.find(counts) ?? '')?.[0].slice(0, -1)
      if (usage === undefined) return blocks
      return blocks.filter((block) => !counts(block)).map((block) => (finishes(block) ? block.replace('"usage":null', usage) : block))
    }),
  ),
  should(
    'usage-running',
    ['stream.usage.once-and-last', 'stream.usage.null-elsewhere'],
    'Every chunk carries usage.',
    chunkList((blocks) => {
      const usage = /"usage":\{.*\}\}/.exec(blocks.find(counts) ?? '')?.[0].slice(0, -1)
      return usage === undefined ? blocks : blocks.map((block) => block.replace('"usage":null', usage))
    }),
  ),
  should(
    'usage-before-finish',
    ['stream.usage.once-and-last'],
    'The usage chunk comes before the finish.',
    chunkList((blocks) => {
      const end = blocks.findIndex(finishes)
      return [...blocks.slice(0, end), ...blocks.slice(end).filter(counts), ...blocks.slice(end).filter((block) => !counts(block))]
    }),
  ),
  should('usage-null-absent', ['stream.usage.null-elsewhere'], 'Other chunks lack usage: null.', chunk(swap(',"usage":null', ''))),
]
