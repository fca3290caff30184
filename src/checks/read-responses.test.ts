import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reply } from '../testing/responses.ts'
import { json, raw, responsesStream } from '../testing/transcript.ts'
import { blindness, hasFailed, isDense, nothingStreamed, orderedItems, readResponses, strayPart } from './read-responses.ts'
import type { Strand, StreamItem } from './read-responses-state.ts'

const events = eventsOf(reply([message(), call()]))
const read = (...list: (object | string)[]) => readResponses(responsesStream(list)) as NonNullable<ReturnType<typeof readResponses>>
const framed = (text: string | Uint8Array) =>
  readResponses(raw('POST /responses', text, { headers: [['content-type', 'text/event-stream']] }))

test('only a stream is read, and once', () => {
  const view = responsesStream(events)
  expect(readResponses(view)).toBe(readResponses(view))
  expect(readResponses({ ...view, streamed: false })).toBeUndefined()
  expect(readResponses(json('POST /responses', {}))).toBeUndefined()
})

test('why nothing can be said', () => {
  expect(blindness(read(...events))).toBeUndefined()
  expect(blindness(undefined)).toBe('not a stream')
  expect(blindness(read(...events.slice(0, 1)))).toBe(nothingStreamed)
  expect(blindness(read('{', ...events))).toBe('events were lost below the grammar')
  expect(blindness(read({ a: 1 }, ...events))).toBe('an event has no type')
  expect(blindness(read({ error: { message: 'x' } }, ...events))).toBe('the stream reports a failure')
  const lost = events.map((event: Json) =>
    event.type === 'response.output_text.delta' ? { ...event, output_index: undefined, item_id: undefined } : event,
  )
  expect(blindness(read(...lost))).toBe('events do not say to which item they belong')
})

test('what lies below the grammar is lost', () => {
  const whole = 'data: {"type":"response.created"}\n\n'
  expect(framed(whole)?.damaged).toBe(false)
  expect(framed(`${whole}data: {"type":"x"}`)?.damaged).toBe(true)
  expect(framed(`${whole}NOISE\n\n`)?.damaged).toBe(true)
  expect(framed(Buffer.concat([Buffer.from(whole), Buffer.from([58, 0xff, 10, 10])]))?.damaged).toBe(true)
  expect(read('[DONE]', ' ', '').damaged).toBe(false)
  for (const odd of ['x', '[1]', '5', 'null']) expect(read(odd).damaged).toBe(true)
})

test('items in the order of their indexes', () => {
  const turned = events.map((event: Json) => ('output_index' in event ? { ...event, output_index: 1 - event.output_index } : event))
  expect(orderedItems(read(...turned)).map(({ index, addedItem }) => [index, addedItem?.type])).toEqual([
    [0, 'function_call'],
    [1, 'message'],
  ])
})

test('what comes behind the end, and what has no type', () => {
  const [created, end] = [events[0], events.at(-1)]
  const after = read(created, end, { type: 'response.created' }, { type: 'response.failed' }, { a: 1 })
  expect([after.after?.index, after.terminalAgain?.index, after.untyped]).toEqual([2, 3, undefined])
  expect(read(created, end, { a: 1 }, 'x').after?.index).toBe(2)
  expect(read({ object: 'chat.completion.chunk' }).chatChunk?.index).toBe(0)
  expect(read({ choices: [] }).chatChunk?.index).toBe(0)
  expect(read({ choices: {} }).chatChunk).toBeUndefined()
  expect(read({ error: null }).untyped?.index).toBe(0)
  expect(read({ error: 'x' })).toMatchObject({ untyped: undefined, errors: [{ data: { error: 'x' } }] })
})

test('failures, and types of which nothing is known', () => {
  const error = { type: 'error', message: 'x' }
  expect(read(...Array.from({ length: 30 }, () => error)).errors).toHaveLength(20)
  expect(hasFailed(read(error))).toBe(true)
  expect(hasFailed(read({ type: 'response.failed' }))).toBe(true)
  expect(hasFailed(read(...events))).toBe(false)
  const unknown = read(...Array.from({ length: 30 }, (_, at) => ({ type: `zz.${at % 25}` })))
  expect(unknown.unknown.size).toBe(20)
  expect([...unknown.unknown.values()].map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, at) => at))
  expect(unknown.errors).toEqual([])
})

test('the first event of all, and the first about an item', () => {
  const about = { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'x' }
  const stream = read({ type: 'zz' }, about, events[0])
  expect(stream.first).toEqual({ event: stream.firstItemEvent, type: about.type, response: undefined })
  expect(read(events[0], about).first?.type).toBe('response.created')
  expect(read(events[0], about).openings.map(({ type }) => type)).toEqual(['response.created'])
})

const strand = (own: Json): Strand => ({ opened: {}, ended: {}, closed: {}, deltas: 1, ...own }) as Strand
const item = (strands: Strand[], done: Json = {}) => ({ done, parts: new Map(strands.entries()) }) as unknown as StreamItem
const unopened = { opened: undefined }

test('a part under the wrong index is a fragment', () => {
  const never = strand({ ...unopened, closed: undefined })
  expect(strayPart(item([strand({}), never]))).toBe(never)
  const unended = strand({ ...unopened, ended: undefined })
  expect(strayPart(item([strand({}), strand(unopened), unended]))).toBe(unended)
  const empty = strand({ deltas: 0, ended: undefined, closed: undefined })
  expect(strayPart(item([strand({}), empty, strand(unopened)]))).toBe(empty)
})

test('no part is stray of an item that is open, or of which all parts are alike', () => {
  const never = strand({ ...unopened, closed: undefined })
  expect(strayPart(item([strand({}), never], null))).toBeUndefined()
  expect(strayPart(item([strand({}), strand({ closed: undefined })]))).toBeUndefined()
  expect(strayPart(item([never, never]))).toBeUndefined()
  for (const own of [
    {},
    { deltas: 0 },
    { deltas: 0, ended: undefined },
    { deltas: 0, closed: undefined },
    { ended: undefined, closed: undefined },
  ])
    expect(strayPart(item([strand(own), strand(unopened)]))).toBeUndefined()
})

test('indexes are dense that count from zero', () => {
  const dense = (...indexes: number[]) => isDense(new Map(indexes.map((index) => [index, strand({})])))
  expect([dense(), dense(0), dense(1, 0), dense(0, 2), dense(1)]).toEqual([true, true, true, false, false])
})
