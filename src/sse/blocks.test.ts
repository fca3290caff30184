import { expect, test } from 'vitest'
import { splitBlocks } from './blocks.ts'

const none = {
  lf: 0,
  crlf: 0,
  cr: 0,
  bom: false,
  comments: [],
  unknownLines: [],
  idLines: [],
  datalessBlocks: [],
  emptyData: [],
  unspacedData: [],
  multiData: [],
}

const split = (body: string | Buffer) => {
  const blocks: [number, number, boolean][] = []
  const facts = splitBlocks(typeof body === 'string' ? Buffer.from(body) : body, (...block) => blocks.push(block))
  return { blocks, facts }
}
const factsOf = (body: string | Buffer) => split(body).facts
const blocksOf = (body: string | Buffer) => split(body).blocks

test('nothing has no facts', () => expect(split('')).toEqual({ blocks: [], facts: none }))

test('every fact of a stream, with its bytes', () => {
  const text = 'event: x\nid: 7\ndata: 1\n\n: hi\n\nretry: 5\n\nNOISE\n\ndata:\ndata:2\n\nid\ndata: \n\n'
  expect(split(text)).toEqual({
    blocks: [
      [0, 24, false],
      [30, 40, false],
      [47, 61, false],
      [61, 72, false],
    ],
    facts: {
      ...none,
      lf: 16,
      comments: [[24, 28]],
      idLines: [
        [9, 14],
        [61, 63],
      ],
      datalessBlocks: [[30, 40]],
      unknownLines: [[40, 45]],
      emptyData: [
        [47, 52],
        [64, 70],
      ],
      unspacedData: [[53, 59]],
      multiData: [[47, 61]],
    },
  })
})

test.each([
  ['data: 1\n\ndata: 2\n\n', [false, false], [4, 0, 0]],
  ['data: 1\r\n\r\ndata: 2\n\n', [true, false], [2, 2, 0]],
  ['data: 1\r\rdata: 2\n\n', [true, false], [2, 0, 2]],
  ['data: 1\n\ndata: 2\n\r\n', [false, true], [3, 1, 0]],
  ['data: 1\r\n\ndata: 2\r\r\n', [true, true], [1, 2, 1]],
  ['\r\ndata: 1\n\n', [false], [2, 1, 0]],
  ['\r\n\ndata: 1\n\n', [false], [3, 1, 0]],
])('%j: which blocks have a carriage return, and how lines end', (text, returns, [lf, crlf, cr]) => {
  expect(blocksOf(text).map(([, , hasReturn]) => hasReturn)).toEqual(returns)
  expect(factsOf(text)).toMatchObject({ lf, crlf, cr })
})

test.each([
  [
    'dxta: 1',
    'daxa: 1',
    'datx: 1',
    'xata: 1',
    'datab: 1',
    'dat: 1',
    'Data: 1',
    ' data: 1',
    'idx: 1',
    'events: 1',
    'retry-after: 1',
    'data'.slice(1),
  ],
])('%j is a field of no name that is known, up to its end', (...lines) => {
  for (const line of lines) {
    expect(factsOf(`${line}\n\n`)).toEqual({ ...none, lf: 2, unknownLines: [[0, line.length]] })
    expect(blocksOf(`${line}\n\n`)).toEqual([])
  }
})

test('a field without a colon, and a colon on a later line', () => {
  expect(factsOf('event\ndata: 1\n\n')).toEqual({ ...none, lf: 3 })
  expect(factsOf('garbage\ndata: 1\n\n')).toEqual({ ...none, lf: 3, unknownLines: [[0, 7]] })
  expect(factsOf('id\ndata: 1\n\n').idLines).toEqual([[0, 2]])
  expect(factsOf('retry\n\n')).toEqual({ ...none, lf: 2, datalessBlocks: [[0, 7]] })
})

test.each([
  ['data', 'emptyData'],
  ['data:', 'emptyData'],
  ['data: ', 'emptyData'],
  ['data:x', 'unspacedData'],
  ['data:xy', 'unspacedData'],
])('%j is %s', (line, fact) => expect(factsOf(`${line}\n\n`)).toEqual({ ...none, lf: 2, [fact]: [[0, line.length]] }))

test.each(['data: x', 'data:  ', 'data: {}'])('%j is as it should be', (line) => expect(factsOf(`${line}\n\n`)).toEqual({ ...none, lf: 2 }))

test('a byte order mark is three bytes, and only in front', () => {
  const rest = Buffer.from('data: 1\n\n')
  const after = (...bytes: number[]) => split(Buffer.concat([Buffer.from(bytes), rest]))
  expect(after(0xef, 0xbb, 0xbf)).toEqual({ blocks: [[3, 12, false]], facts: { ...none, lf: 2, bom: true } })
  for (const bytes of [
    [0xef, 0xbb, 0x20],
    [0xef, 0x20, 0xbf],
    [0x20, 0xbb, 0xbf],
  ])
    expect(after(...bytes).facts).toMatchObject({ bom: false, unknownLines: [[0, 10]] })
  expect(factsOf(Buffer.from([0xef, 0xbb, 0xbf]))).toEqual({ ...none, bom: true })
})

test.each<[string, [number, number] | undefined]>([
  ['data: 1', [0, 7]],
  ['data: 1\n', [0, 8]],
  ['data: 1\r', [0, 8]],
  ['data: 1\n\nevent: x', [9, 17]],
  ['data: 1\n\n', undefined],
  ['data: 1\n\n: bye', undefined],
  ['data: 1\n\nnoise', undefined],
  ['data: 1\n\n\n', undefined],
  ['\n', undefined],
])('%j leaves %j open', (text, open) => expect(factsOf(text).unterminated).toEqual(open))

test('a block with a field but no data is no event for a parser, and one of comments or noise is none at all', () => {
  expect(factsOf('event: x\n: c\n\ndata: 1\n\n').datalessBlocks).toEqual([[0, 14]])
  expect(factsOf(': c\n\nnoise\n\n').datalessBlocks).toEqual([])
  expect(factsOf('data: 1\n\n\n\nid: 1\n\n').datalessBlocks).toEqual([[11, 18]])
})

test('of each kind of fact a hundred are kept', () => {
  const { comments, emptyData, lf } = factsOf(`${': c\n'.repeat(150)}${'data\n'.repeat(100)}`)
  expect([comments.length, emptyData.length, lf]).toEqual([100, 100, 250])
})
