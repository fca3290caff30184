import { expect, test } from 'vitest'
import { nameOf, number, plural, pointerOf, seconds, seenIn, sourceWords, suiteOf, tallyWords, whereabouts } from './words.ts'

test('numbers', () => {
  expect([number(999), number(1234567), number(12.6)]).toEqual(['999', '1,234,567', '13'])
  expect([plural(1, 'probe'), plural(1200, 'probe')]).toEqual(['1 probe', '1,200 probes'])
  expect([seconds(8123), seconds(59_960), seconds(125_400)]).toEqual(['8.1 s', '1 min 0 s', '2 min 5 s'])
})

test('places', () => {
  expect(
    [
      { in: 'status' as const },
      { in: 'end' as const },
      { in: 'header' as const, name: 'content-type' },
      { in: 'body' as const, pointer: '' },
      { in: 'body' as const, bytes: [1, 2] as const, pointer: '/a' },
      { in: 'completion' as const, pointer: '/choices/0' },
      { in: 'event' as const, index: 5, bytes: [7, 9] as const, pointer: '/id' },
      { in: 'stream' as const, bytes: [7, 9] as const },
    ].map(whereabouts),
  ).toEqual([
    'status',
    'end of the body',
    'header content-type',
    'body',
    'body, bytes 1–2, /a',
    'completion, /choices/0',
    'event 5, bytes 7–9, /id',
    'stream, bytes 7–9',
  ])
  expect(pointerOf({ in: 'end' })).toBe('')
})

test('phrases', () => {
  expect(tallyWords({ pass: 2, fail: 1, skipped: 0 })).toBe('1 fail, 2 pass')
  expect(sourceWords({ title: 'RFC 9110', url: 'https://x', quote: 'a' })).toBe('RFC 9110 “a” (https://x)')
  expect(sourceWords({ title: 'RFC 9110' })).toBe('RFC 9110')
  expect([suiteOf('chat/usage'), nameOf('chat/usage[json]'), suiteOf('odd'), nameOf('odd')]).toEqual(['chat', 'usage[json]', 'odd', 'odd'])
})

test('witnesses are a selection', () => {
  const witness = (probe: string) => ({ probe, attempt: 1, step: 0, at: { in: 'end' as const }, excerpt: '' })
  const finding = {
    id: '',
    requirement: '',
    level: 'must' as const,
    code: '',
    capability: '',
    seen: 9,
    probes: ['a/1', 'a/2', 'b/1', 'b/2'],
  }
  expect(seenIn({ ...finding, witnesses: [witness('a/1'), witness('a/1'), witness('a/2'), witness('b/1'), witness('b/2')] })).toBe(
    '9 exchanges: a/1, a/2, b/1, …',
  )
})
