import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWatch, type WatchInput } from './watch.ts'

const input: WatchInput = { endpoint: 'POST /chat/completions', labelled: true, eventBytes: 1000, events: 1000 }

/** Feeds a text cut at the given places; the reason to stop, if any, and whether the end was seen. */
const watched = (text: string, own: Partial<WatchInput> = {}, cuts: readonly number[] = []) => {
  const watch = createWatch({ ...input, ...own })
  const bytes = Buffer.from(text)
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length]
  let reason: string | undefined
  for (const [index, from] of places.slice(0, -1).entries()) reason ??= watch.see(bytes.subarray(from, places[index + 1]))
  return { reason, ended: watch.terminalSeen(), quiet: watch.quiet() }
}

test.each(['\n', '\r\n', '\r'])('events and the sentinel are seen with every line end and split: %j', (end) => {
  const text = `\uFEFFdata: a${end}${end}: note${end}${end}event: x${end}data: {"data": 1}${end}${end}data:[DONE]${end}${end}`
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
      expect(watched(text, {}, cuts)).toMatchObject({ reason: undefined, ended: true })
      expect(watched(text, { events: 3 }, cuts).reason).toBe('3 events')
      expect(watched(text, { events: 4 }, cuts).reason).toBeUndefined()
    }),
  )
})

test('the sentinel counts at the start of a line only', () => {
  expect(watched('data: {"a":"data: [DONE]"}\n\n').ended).toBe(false)
  expect(watched('xdata: [DONE]\n').ended).toBe(false)
  expect(watched('\uFEFFdata: [DONE]').ended).toBe(true)
})

test('only an event that grows is too long, and only where a stream was announced', () => {
  const eventBytes = 30
  expect(watched('data: 1234567890\n\n'.repeat(20), { eventBytes }).reason).toBeUndefined()
  expect(watched('data: 1234567890\n'.repeat(20), { eventBytes }).reason).toBe('an event of more than 30 bytes')
  expect(watched('x'.repeat(100), { eventBytes, labelled: false }).reason).toBeUndefined()
})

test('a read of comments and empty lines is quiet', () => {
  expect(watched(': ping\n\n').quiet).toBe(true)
  expect(watched(': ping\n\ndata: 1\n\n').quiet).toBe(false)
  expect(watched('data: 1\n: ping', {}, [8]).quiet).toBe(true)
  expect(watched('data: 12345', {}, [8]).quiet).toBe(false)
})

test('a short line is not completed by what stood before it', () => {
  expect(watched('data: 1\n\nd\n\ndat\n\ndata: 2\n\n', { stopAfterEvents: 3 }).reason).toBeUndefined()
  expect(watched('data: 1\n\nd\n\ndat\n\ndata: 2\n\n', { stopAfterEvents: 2 }).reason).toBe('the probe asked for no more')
})

test('a Messages stream ends with message_stop', () => {
  const messages = { endpoint: 'POST /messages' } as const
  expect(watched('event: message_stop\ndata: {}\n\n', messages).ended).toBe(true)
  expect(watched('data: {"type": "message_stop"}\n\n', messages).ended).toBe(true)
  expect(watched('event: message_delta\ndata: {"type":"message_delta"}\n\n', messages).ended).toBe(false)
  expect(watched('event: message_stop\ndata: {}\n\n').ended).toBe(false)
})
