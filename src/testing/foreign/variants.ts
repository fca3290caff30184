import { type Bend, chatJson, chunk, type Variant } from './bend.ts'
import { groups } from './text.ts'

const legal = (name: string, why: string, bend: Bend, mayReport: string[] = []): Variant => ({ name, why, mayReport, bend })
const blockwise = (edit: (block: string, at: number) => string): Bend => ({ blocks: (blocks) => blocks.map(edit) })
const extra = ',"x_extra":{"a":[1,null,"\\u00e9"]},"x_flag":true'

function insideCharacters(block: Buffer): Buffer[] {
  const out: Buffer[] = []
  let from = 0
  for (let at = 1; at < block.length; at++) {
    const byte = block[at] ?? 0
    if (byte >= 0x80 && byte < 0xc0) {
      out.push(block.subarray(from, at))
      from = at
    }
  }
  return [...out, block.subarray(from)]
}

/** Legal ways to answer: a client that reads the standards notices no difference. */
export const variants: Variant[] = [
  legal(
    'crlf',
    'Lines of a stream end with CR LF.',
    blockwise((block) => block.replaceAll('\n', '\r\n')),
  ),
  legal(
    'cr',
    'Lines of a stream end with CR alone.',
    blockwise((block) => block.replaceAll('\n', '\r')),
  ),
  legal(
    'mixed-ends',
    'Lines of a stream end now this way, now that.',
    blockwise((block, at) => block.replaceAll('\n', ['\n', '\r\n', '\r'][at % 3] ?? '\n')),
  ),
  legal(
    'bom',
    'A stream begins with a byte order mark.',
    blockwise((block, at) => (at === 0 ? `\u{feff}${block}` : block)),
  ),
  legal(
    'comments-between',
    'Comments and blank lines stand between blocks.',
    blockwise((block) => `: still here\n\n:\n\n\n${block}`),
  ),
  legal(
    'comments-inside',
    'Comments stand inside blocks.',
    blockwise((block) => `: before\n${block.replace(/\n\n$/, '\n: after\n\n')}`),
  ),
  legal(
    'event-message',
    'Chat chunks say event: message.',
    chunk((block) => `event: message\n${block}`),
  ),
  legal(
    'id-lines',
    'Blocks have an id line.',
    blockwise((block, at) => `id: ${at}\n${block}`),
    ['transport.sse.no-id-field'],
  ),
  legal(
    'retry-inside',
    'The first block also sets the reconnection time.',
    blockwise((block, at) => (at === 0 ? `retry: 3000\n${block}` : block)),
  ),
  legal(
    'many-data-lines',
    'The JSON of an event is spread over several data lines.',
    blockwise((block) => block.replace(/,"(model|choices|response|item|usage)":/g, ',\ndata: "$1":')),
    ['transport.sse.single-data-line'],
  ),
  legal(
    'no-space',
    'No space follows the colon.',
    blockwise((block) => block.replace(/^(data|event): /gm, '$1:')),
    ['transport.sse.single-data-line'],
  ),
  legal('single-bytes', 'Every byte of a stream is written on its own.', {
    pieces: (blocks) => blocks.map((block) => Array.from(block, (byte) => Buffer.from([byte]))),
  }),
  legal('few-writes', 'A short stream leaves in one write, a long one in some ten.', {
    pieces: (blocks) =>
      groups(blocks, blocks.length < 40 ? blocks.length : Math.ceil(blocks.length / 10)).map((part) => [Buffer.concat(part)]),
  }),
  legal('cut-characters', 'Writes end inside characters of several bytes.', {
    pieces: (blocks) => blocks.flatMap(insideCharacters).map((part) => [part]),
  }),
  legal('shifted-writes', 'Writes end in the middle of lines.', {
    pieces: (blocks) => {
      const all = Buffer.concat(blocks)
      return Array.from({ length: Math.ceil(all.length / 150) }, (_, at) => [all.subarray(at * 150, at * 150 + 150)])
    },
  }),
  legal('done-on-responses', 'A Responses stream also ends with [DONE].', {
    blocks: (blocks, where) => (where.kind === 'responses' ? [...blocks, 'data: [DONE]\n\n'] : blocks),
  }),
  legal(
    'empty-tool-calls',
    'A message without calls has tool_calls: [].',
    chatJson((text) => (text.includes('"tool_calls"') ? text : text.replaceAll('"refusal":null', '"refusal":null,"tool_calls":[]'))),
  ),
  legal('nulls', 'Optional members are spelled out as null.', {
    json: (text, where) => {
      if (where.kind !== 'chat' || where.status !== 200) return text
      const more = text.replaceAll('"refusal":null', '"refusal":null,"function_call":null,"audio":null')
      return more
        .replace('"choices":', '"system_fingerprint":null,"service_tier":null,"choices":')
        .replace(/"prompt_tokens_details":\{[^}]*\}/, '"prompt_tokens_details":null')
    },
    blocks: (blocks, where) =>
      where.kind === 'chat'
        ? blocks.map((block) => block.replace('"choices":', '"system_fingerprint":null,"service_tier":null,"choices":'))
        : blocks,
  }),
  legal(
    'usage-null-unasked',
    'Chunks say usage: null although nobody asked for usage.',
    chunk((block) => (block.includes('"usage"') ? block : block.replace(/\]\}\n\n$/, '],"usage":null}\n\n'))),
  ),
  legal('extra-members', 'Objects everywhere have members nobody knows.', {
    json: (text) => text.replace(/^\{/, `{${extra.slice(1)},`).replaceAll('"role":"assistant"', `"role":"assistant"${extra}`),
    blocks: (blocks) =>
      blocks.map((block) => block.replace(/^data: \{/m, `data: {${extra.slice(1)},`).replace('"delta":{"', `"delta":{${extra.slice(1)},"`)),
  }),
  legal('header-case', 'Header names are written in capitals.', {
    head: (head) => {
      head.fields = head.fields.map(([name, value]) => [name.toUpperCase(), value])
    },
  }),
  legal('charset', 'Media types say charset=utf-8, streams in odd spelling.', {
    head: (head, where) => {
      const tail = where.stream && where.status === 200 ? ';charset=UTF-8' : '; charset=utf-8'
      head.fields = head.fields.map(([name, value]) => [name, name === 'content-type' ? `${value}${tail}` : value])
    },
  }),
  legal('wrong-method-404', 'A wrong method is answered 404.', {
    refuse: (failure) => (failure.rule === 'method' ? { ...failure, status: 404, fields: [] } : failure),
  }),
  legal('no-cache-words', 'Cache-Control of a stream says more than one thing.', {
    head: (head) => {
      head.fields = head.fields.map(([name, value]) => [name, name === 'cache-control' ? 'private, no-store, no-transform' : value])
    },
  }),
  legal('other-counting', 'Prompts cost twice the tokens, and five for the opening.', {
    said: (said) => {
      said.promptTokens = said.promptTokens * 2 + 5
    },
  }),
  legal('coarse-chunks', 'A chunk holds four tokens.', {
    ask: (ask) => {
      ask.grain = 4
    },
  }),
  legal('pretty', 'Plain bodies are indented.', { json: (text) => `\n${JSON.stringify(JSON.parse(text), null, 2)}\r\n` }),
  legal('escaped', 'Everything beyond ASCII is escaped in JSON.', {
    json: (text) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    blocks: (blocks) =>
      blocks.map((block) => block.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)),
  }),
  legal('calls-in-one-delta', 'A streamed call has all its arguments in the first delta.', {
    blocks: (blocks, where) => (where.kind === 'chat' ? wholeCalls(blocks) : blocks),
  }),
  legal('opening-with-text', 'The role comes on the same delta as the first words.', {
    ...chunk((block) => block),
    blocks: (blocks, where) => (where.kind === 'chat' ? openingWithText(blocks) : blocks),
  }),
  legal('thinking-model', 'The model thinks before it answers, in reasoning_content and reasoning items.', { thinks: true }),
]

function wholeCalls(blocks: string[]): string[] {
  const args = (block: string) => JSON.parse(/"arguments":("(?:[^"\\]|\\.)*")/.exec(block)?.[1] ?? '""') as string
  const out: string[] = []
  for (const block of blocks) {
    const open = out.at(-1)
    if (open !== undefined && /"tool_calls":\[\{"index":\d+,"function"/.test(block)) {
      out[out.length - 1] = open.replace(/"arguments":"(?:[^"\\]|\\.)*"/, () => `"arguments":${JSON.stringify(args(open) + args(block))}`)
    } else out.push(block)
  }
  return out
}

function openingWithText(blocks: string[]): string[] {
  const text = /"delta":\{"content":("(?:[^"\\]|\\.)*")\}/.exec(blocks[1] ?? '')?.[1]
  if (text === undefined) return blocks
  return [(blocks[0] ?? '').replace('"content":""', () => `"content":${text}`), ...blocks.slice(2)]
}
