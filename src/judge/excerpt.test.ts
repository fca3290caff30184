import { expect, test } from 'vitest'
import { chatStream, json, raw } from '../testing/transcript.ts'
import { excerptOf } from './excerpt.ts'

const chat = 'POST /chat/completions'
const marked = (...args: Parameters<typeof excerptOf>) => {
  const { excerpt, mark } = excerptOf(...args)
  return mark && excerpt.slice(...mark)
}

test('a status', () => expect(excerptOf(json(chat, {}, { status: 418 }), { in: 'status' })).toEqual({ excerpt: 'HTTP 418' }))

test('headers with their lines, or the word that there is none', () => {
  const view = json(
    chat,
    {},
    {
      headers: [
        ['X-A', '1'],
        ['x-b', '2'],
        ['x-a', '3'],
      ],
    },
  )
  expect(excerptOf(view, { in: 'header', name: 'x-a' })).toEqual({ excerpt: 'X-A: 1, x-a: 3' })
  expect(excerptOf(view, { in: 'header', name: 'x-c' })).toEqual({ excerpt: 'no header x-c' })
})

test('the end is what the body ends with', () => {
  const view = raw(chat, `${'a'.repeat(100)}${'b'.repeat(160)}`)
  expect(excerptOf(view, { in: 'end' })).toEqual({ excerpt: 'b'.repeat(160) })
  expect(excerptOf(raw(chat, 'short  \n'), { in: 'end' })).toEqual({ excerpt: 'short' })
})

test('an event with the member marked, and a stretch of the stream without a mark', () => {
  const view = chatStream([{ id: 'a' }, { id: 'b', model: 'm' }])
  const event = view.events[1] as NonNullable<(typeof view.events)[1]>
  const at = { in: 'event', index: 1, bytes: [event.from, event.to], pointer: '/model' } as const
  expect(excerptOf(view, at).excerpt).toBe('data: {"id":"b","model":"m"}')
  expect(marked(view, at)).toBe('"model":"m"')
  expect(excerptOf(view, { in: 'stream', bytes: [0, 10] })).toEqual({ excerpt: 'data: {"id' })
})

test('a body with the member marked, or some bytes of it', () => {
  const view = json(chat, { a: [1, { b: 'x' }] })
  expect(excerptOf(view, { in: 'body', pointer: '' })).toEqual({ excerpt: '{"a":[1,{"b":"x"}]}' })
  expect(marked(view, { in: 'body', pointer: '/a/1/b' })).toBe('"b":"x"')
  expect(marked(view, { in: 'completion', pointer: '/a/0' })).toBe('1')
  expect(excerptOf(view, { in: 'body', pointer: '', bytes: [1, 4] })).toEqual({ excerpt: '"a"' })
})

test('of what was folded from a stream, the last event that is JSON', () => {
  const view = chatStream([{ id: 'a' }, { id: 'b' }, '[DONE]'])
  expect(excerptOf(view, { in: 'completion', pointer: '/id' })).toEqual({ excerpt: 'data: {"id":"b"}' })
  expect(excerptOf(view, { in: 'body', pointer: '/id' })).toEqual({ excerpt: 'data: {"id":"b"}' })
  expect(excerptOf(chatStream(['[DONE]']), { in: 'completion', pointer: '' })).toEqual({ excerpt: '' })
})

test('what is long is cut around the mark, and says so', () => {
  const view = json(chat, { a: 'x'.repeat(100), b: 'here', c: 'y'.repeat(300) })
  const { excerpt, mark } = excerptOf(view, { in: 'body', pointer: '/b' })
  expect(excerpt).toHaveLength(162)
  expect(excerpt.startsWith('…xxx')).toBe(true)
  expect(excerpt.endsWith('yyy…')).toBe(true)
  // sixty characters of what stands before
  expect(mark).toEqual([61, 71])
  expect(marked(view, { in: 'body', pointer: '/b' })).toBe('"b":"here"')
})

test('a mark does not leave the excerpt, and the start of a text is not cut', () => {
  const view = json(chat, { a: 'z'.repeat(400) })
  const { excerpt, mark } = excerptOf(view, { in: 'body', pointer: '/a' })
  expect(excerpt.startsWith('{"a":"z')).toBe(true)
  expect(excerpt).toHaveLength(161)
  expect(mark).toEqual([1, 161])
  const exact = raw(chat, 'q'.repeat(160))
  expect(excerptOf(exact, { in: 'stream', bytes: [0, 160] })).toEqual({ excerpt: 'q'.repeat(160) })
})

test('no more than 64 KiB are looked at', () => {
  const view = raw(chat, `{"a":"${'x'.repeat(70_000)}","b":1}`)
  expect(excerptOf(view, { in: 'body', pointer: '/b' }).mark).toBeUndefined()
  expect(excerptOf(view, { in: 'stream', bytes: [0, 70_008] }).excerpt).toHaveLength(161)
})
