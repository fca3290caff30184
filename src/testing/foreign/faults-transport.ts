import { gzipSync } from 'node:zlib'
import { bad, chunk, chunkList, type Fault, type Head, must, should, type Where } from './bend.ts'
import { insert, str, swap } from './text.ts'

function set(head: Head, name: string, value: string): void {
  head.fields = [...head.fields.filter(([one]) => one !== name), [name, value]]
}

const plain = (where: Where) => !where.stream && where.status === 200
const chatStream = (where: Where) => where.kind === 'chat' && where.stream && where.status === 200
const responsesStream = (where: Where) => where.kind === 'responses' && where.stream && where.status === 200
const sdkHeader = (name: string) => /^(x-stainless-|openai-(organization|project)|idempotency-key|x-client-request-id)/.test(name)
/** Writes one name the way an old program would, with a byte that is not UTF-8. */
const zurich = (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('Z\u{c3}\u{bc}rich', 'Z\u{fc}rich'), 'latin1')
const mediaRefusal = { ...bad('charset', null, 'Only application/json without parameters is read.'), status: 415 }
const notAcceptable = { ...bad('accept', null, 'A stream is text/event-stream, which Accept does not list.'), status: 406 }

/** Faults of HTTP and of the event stream framing. */
export const transportFaults: Fault[] = [
  must('redirect-to-slash', ['transport.base-path'], 'A POST to /chat/completions is sent on to the same path with a slash.', {
    object: (_body, where) =>
      where.kind === 'chat' && !where.path.endsWith('/')
        ? { ...bad('moved', null, 'Moved.'), status: 307, fields: [['location', `${where.path}/`]] }
        : undefined,
  }),
  must('json-as-text', ['transport.json.content-type'], 'Plain replies are labelled text/plain.', {
    head: (head, where) => plain(where) && set(head, 'content-type', 'text/plain; charset=utf-8'),
  }),
  must('error-as-html', ['transport.json.content-type'], 'Error bodies are JSON but labelled text/html.', {
    head: (head, where) => where.status >= 400 && set(head, 'content-type', 'text/html'),
  }),
  must('json-bom', ['transport.json.single-value'], 'A byte order mark stands before the JSON.', {
    json: (text) => `\u{feff}${text}`,
  }),
  must('json-trailing', ['transport.json.single-value'], 'A second JSON value follows the first.', {
    json: (text, where) => (plain(where) ? `${text}\n{"done":true}` : text),
  }),
  must('json-latin1', ['transport.json.single-value'], 'The body holds a byte that is not UTF-8.', {
    json: (text, where) => (plain(where) ? text.replace(/\}$/, ',"x_city":"Z\u{fc}rich"}') : text),
    bytes: zurich,
  }),
  must('length-too-long', ['transport.framing.complete'], 'Content-Length promises 20 bytes more than come before the connection closes.', {
    head: (head, where) => {
      const length = Number(head.fields.find(([name]) => name === 'content-length')?.[1])
      if (plain(where) && where.kind === 'chat') set(head, 'content-length', String(length + 20))
    },
    ending: (where) => (plain(where) && where.kind === 'chat' ? 'cut' : 'end'),
  }),
  must('chunked-unended', ['transport.framing.complete'], 'Chat streams close without the zero-length chunk.', {
    ending: (where) => (chatStream(where) ? 'cut' : 'end'),
  }),
  must('gzip-always', ['transport.compression.negotiated'], 'Plain replies are compressed whatever the request accepts.', {
    bytes: (bytes, where) => (plain(where) ? gzipSync(bytes) : bytes),
    head: (head, where) => plain(where) && set(head, 'content-encoding', 'gzip'),
  }),
  must('gzip-lie', ['transport.compression.negotiated'], 'Replies claim Content-Encoding: gzip but are not compressed.', {
    head: (head, where) => plain(where) && set(head, 'content-encoding', 'gzip'),
  }),
  must('sdk-headers-refused', ['transport.request-headers.tolerated'], 'A request with headers of an SDK is refused.', {
    object: (_body, where) => (Object.keys(where.headers).some(sdkHeader) ? bad('header', null, 'Unknown header.') : undefined),
  }),
  must('charset-refused', ['transport.request-headers.tolerated'], 'application/json with a charset parameter is refused.', {
    object: (_body, where) => (str(where.headers['content-type']).includes('charset') ? mediaRefusal : undefined),
  }),
  must('accept-insisted', ['transport.accept.json-on-stream'], 'Streams are refused with 406 unless Accept names event streams.', {
    object: (body, where) =>
      body.stream === true && !/event-stream|\*\/\*/.test(str(where.headers.accept) || '*/*') ? notAcceptable : undefined,
  }),
  must('sse-as-json', ['transport.sse.content-type', 'stream.switch'], 'Streams are labelled application/json.', {
    head: (head, where) => where.stream && where.status === 200 && set(head, 'content-type', 'application/json'),
  }),
  must('sse-latin1-label', ['transport.sse.content-type'], 'Streams claim charset iso-8859-1.', {
    head: (head, where) => where.stream && where.status === 200 && set(head, 'content-type', 'text/event-stream; charset=iso-8859-1'),
  }),
  must(
    'sse-open-last-block',
    ['transport.sse.framing'],
    'The last block of a chat stream lacks its blank line.',
    chunkList((blocks) => [...blocks.slice(0, -1), 'data: [DONE]\n']),
  ),
  must(
    'sse-stray-field',
    ['transport.sse.framing'],
    'Blocks have a line token: with a number, which is no event-stream field.',
    chunk((block, at) => (block.includes('[DONE]') ? block : `token: ${at}\n${block}`)),
  ),
  must(
    'sse-bare-ping',
    ['transport.sse.keep-alive-comments', 'transport.sse.framing'],
    'Keep-alive is a line of bare text.',
    chunkList((blocks) => insert(blocks, 1, 'ping\n\n')),
  ),
  must(
    'sse-empty-data',
    ['transport.sse.keep-alive-comments', 'transport.sse.one-json-per-event'],
    'Keep-alive is an empty data line.',
    chunkList((blocks) => insert(blocks, 1, 'data:\n\n')),
  ),
  must(
    'sse-split-character',
    ['transport.sse.utf8', 'chat.unicode'],
    'Characters cut by token borders come out as U+FFFD.',
    chunk(swap(/("delta":\{"content":"[^"]*?)[^\p{ASCII}]/u, '$1\u{fffd}')),
  ),
  must('sse-raw-latin1', ['transport.sse.utf8'], 'Chat streams hold a byte that is not UTF-8.', {
    ...chunk((block, at) => (at === 1 ? block.replace('data: {', 'data: {"x_city":"Z\u{fc}rich",') : block)),
    bytes: zurich,
  }),
  must(
    'sse-two-values',
    ['transport.sse.one-json-per-event'],
    'One event holds two JSON objects.',
    chunkList((blocks) => [`${(blocks[0] ?? '').trimEnd()}\n${blocks[1]}`, ...blocks.slice(2)]),
  ),
  must(
    'sse-array-value',
    ['transport.sse.one-json-per-event'],
    'Every chunk is wrapped in an array.',
    chunk((block) => block.replace(/^data: (\{.*\})\n/, 'data: [$1]\n')),
  ),
  must(
    'sse-greeting',
    ['transport.sse.one-json-per-event'],
    'The first event is a word instead of JSON.',
    chunkList((blocks) => ['data: started\n\n', ...blocks]),
  ),
  must(
    'sse-event-only',
    ['transport.sse.no-dataless-event'],
    'A block has an event line and no data.',
    chunkList((blocks) => insert(blocks, 2, 'event: ping\n\n')),
  ),
  must('sse-retry-only', ['transport.sse.no-dataless-event'], 'The stream opens with a block of only retry.', {
    blocks: (blocks) => ['retry: 3000\n\n', ...blocks],
  }),
  must('chat-held-open', ['transport.sse.close-after-terminal'], 'A chat stream stays open for four seconds after [DONE].', {
    ending: (where) => (chatStream(where) ? 'hold' : 'end'),
  }),
  must('responses-held-open', ['transport.sse.close-after-terminal'], 'A Responses stream stays open for four seconds after its end.', {
    ending: (where) => (responsesStream(where) ? 'hold' : 'end'),
  }),
  should('request-id-absent', ['transport.request-id'], 'No reply has an x-request-id.', {
    head: (head) => {
      head.fields = head.fields.filter(([name]) => name !== 'x-request-id')
    },
  }),
  should('request-id-same', ['transport.request-id'], 'Every reply has the same x-request-id.', {
    head: (head) => set(head, 'x-request-id', 'req-1'),
  }),
  should('stream-cacheable', ['transport.stream.cache-control'], 'Streams may be cached for a minute.', {
    head: (head, where) => where.stream && where.status === 200 && set(head, 'cache-control', 'public, max-age=60'),
  }),
  should('hang-up', ['transport.keep-alive'], 'The connection is dropped after every reply, without having said so.', {
    ending: () => 'hang-up',
  }),
  should('buffered', ['transport.sse.incremental'], 'A stream is collected and leaves the server in one piece.', {
    pieces: (blocks) => [...blocks.map(() => []), [Buffer.concat(blocks)]],
  }),
]
