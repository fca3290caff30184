import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeStream } from './decode.ts'

const decode = (text: string) => decodeStream(Buffer.from(text))
const seen = (text: string) => decode(text).events.map(({ json, data }) => json ?? data)

test('events know the bytes they came from', () => {
  const { events } = decode('data: {"a":1}\n\n: ping\n\ndata: [DONE]\n\n')
  expect(events.map(({ from, to }) => [from, to])).toEqual([
    [0, 15],
    [23, 37],
  ])
})

test.each([
  ['LF', 'data: 1\n\ndata: 2\n\n'],
  ['CRLF', 'data: 1\r\n\r\ndata: 2\r\n\r\n'],
  ['CR', 'data: 1\r\rdata: 2\r\r'],
  ['byte order mark', '\uFEFFdata: 1\n\ndata: 2\n\n'],
  ['comments', ': hi\n\ndata: 1\n: in between\n\n:\n\ndata: 2\n\n'],
  ['event: message', 'event: message\ndata: 1\n\nevent: message\ndata: 2\n\n'],
  ['id and retry', 'id: 1\ndata: 1\n\nretry: 5\nid: 2\ndata: 2\n\n'],
  ['no space', 'data:1\n\ndata:2\n\n'],
])('%s gives the same events', (_, text) => expect(seen(text)).toEqual([1, 2]))

test('several data lines make one event', () => {
  const { events, framing } = decode('data: {"a":\ndata: 1}\n\n')
  expect(events.map(({ json }) => json)).toEqual([{ a: 1 }])
  expect(framing.multiData).toEqual([[0, 22]])
})

test('a last block without its blank line is no event but a fact', () => {
  const { events, framing } = decode('data: 1\n\ndata: [DONE]\n')
  expect(events).toHaveLength(1)
  expect(framing.unterminated).toEqual([9, 22])
  expect(decode('data: 1\n\n').framing.unterminated).toBeUndefined()
  expect(decode('data: 1\n\n\n: bye\n').framing.unterminated).toBeUndefined()
})

test('facts below the events', () => {
  const { framing } = decode('event: x\n\ndata:\n\ndata:1\n\nPROCESSING\n\nid: 7\ndata: 2\r\n\r\n')
  expect(framing.datalessBlocks).toHaveLength(1)
  expect(framing.emptyData).toEqual([[10, 15]])
  expect(framing.unspacedData).toEqual([[17, 23]])
  expect(framing.unknownLines).toEqual([[25, 35]])
  expect(framing.idLines).toHaveLength(1)
  expect([framing.lf, framing.crlf, framing.cr]).toEqual([9, 2, 0])
})

test('invalid UTF-8 is a fact with its line', () => {
  const bytes = Buffer.concat([Buffer.from('data: "'), Buffer.from([0xff]), Buffer.from('"\n\n')])
  expect(decodeStream(bytes).framing.invalidUtf8).toEqual([[0, 9]])
  for (const text of ['data: x\n\n', 'data: é\n\n']) expect(decode(text).framing.invalidUtf8).toEqual([])
})

test('the first event that a reader says no to is left out, with all behind it', () => {
  const body = Buffer.from('data: 1\n\ndata: 2\n\ndata: 3\n\n')
  const { events, stopped } = decodeStream(body, undefined, (json) => (json === 2 ? 'no twos' : undefined))
  expect(events.map(({ json }) => json)).toEqual([1])
  expect(stopped).toBe('no twos')
  expect(decodeStream(body, undefined, () => undefined)).toStrictEqual(decodeStream(body))
  expect(decodeStream(body)).not.toHaveProperty('stopped')
})

test('arrival is that of the read with the last byte of the event', () => {
  const text = 'data: 1\n\ndata: 2\n\n'
  const { events } = decodeStream(Buffer.from(text), { atMs: [5, 9, 20], ends: [4, 12, 18] })
  expect(events.map(({ atMs }) => atMs)).toEqual([9, 20])
})

test('an event has its name where it has one, and its data where they are no JSON', () => {
  const { events } = decode('data: {"a":1}\n\nevent: x\ndata: [1]\n\ndata: hi\n\nevent: y\ndata: [DONE]\n\ndata: [DONE]\n\ndata:\n\n')
  expect(events).toStrictEqual([
    { index: 0, from: 0, to: 15, atMs: 0, json: { a: 1 } },
    { index: 1, from: 15, to: 35, atMs: 0, event: 'x', json: [1] },
    { index: 2, from: 35, to: 45, atMs: 0, data: 'hi' },
    { index: 3, from: 45, to: 68, atMs: 0, event: 'y', data: '[DONE]' },
    { index: 4, from: 68, to: 82, atMs: 0, data: '[DONE]' },
    { index: 5, from: 82, to: 89, atMs: 0, data: '' },
  ])
})

test('strings that repeat are the same value, and nothing else of an event becomes that of the one before', () => {
  const id = 'chatcmpl-12345'
  const lines = [
    { id, a: 1, t: 'other than before' },
    { id, a: 2, t: 'another than before' },
    [id],
    id,
    null,
    5,
    { id: 5, a: null },
    { id },
  ]
  const { events } = decode(lines.map((line) => `data: ${JSON.stringify(line)}\n\n`).join(''))
  expect(events.map(({ json }) => json)).toEqual(lines)
})

test.each(['x', 'é'])('a long stream of blocks with %s is read in full', (letter) => {
  const lines = Array.from({ length: 3000 }, (_, index) => ({ index, text: letter.repeat((index * 7) % 120) }))
  lines[1500] = { index: 1500, text: letter.repeat(140_000) }
  const { events } = decode(lines.map((line) => `data: ${JSON.stringify(line)}\n\n`).join(''))
  expect(events.map(({ json }) => json)).toEqual(lines)
})

test('an event that ends with a read came with it, and times are whole', () => {
  const text = 'data: 1\n\ndata: 2\n\ndata: 3\n\n'
  const at = (atMs: number[], ends: number[]) => decodeStream(Buffer.from(text), { atMs, ends }).events.map(({ atMs: ms }) => ms)
  expect(at([1.4, 2.6, 9], [9, 18, 27])).toEqual([1, 3, 9])
  expect(at([1, 2], [9, 10])).toEqual([1, 2, 2])
  expect(at([4], [27])).toEqual([4, 4, 4])
})

test('of lines that are not UTF-8 a hundred are kept, and the others pass', () => {
  const bad = Buffer.concat([Buffer.from('data: é\n'), Buffer.from([0xff, 10])])
  const { invalidUtf8 } = decodeStream(Buffer.concat(Array.from({ length: 150 }, () => bad))).framing
  expect(invalidUtf8).toHaveLength(100)
  expect(invalidUtf8.slice(0, 2)).toEqual([
    [9, 10],
    [20, 21],
  ])
  expect(decodeStream(Buffer.from([10, 0xff, 10, 0xfe])).framing.invalidUtf8).toEqual([
    [1, 2],
    [3, 4],
  ])
})

const piece = fc.constantFrom(
  'data: 1',
  'data:2',
  'data',
  'event: x',
  'id: 3',
  ': c',
  '',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  'garbage',
  '\uFEFF',
  'é',
)

test('agrees with the parser alone wherever the parser is right (LF, no byte order mark)', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces
        .join('\n')
        .replace(/\r/g, '')
        .replace(/\uFEFF/g, '')
      const alone: (string | undefined)[] = []
      createParser({ onEvent: ({ data }) => alone.push(data.trim()) }).feed(text)
      expect(decode(text).events.map(({ json, data }) => (json === undefined ? data?.trim() : JSON.stringify(json)))).toEqual(alone)
    }),
  )
})

test('never throws, and the events lie in order inside the body', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      let last = 0
      for (const event of decodeStream(bytes).events) {
        expect(event.from).toBeGreaterThanOrEqual(last)
        last = event.to
        expect(last).toBeLessThanOrEqual(bytes.byteLength)
      }
    }),
  )
})
