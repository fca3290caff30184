import { expect, test } from 'vitest'
import { isOver, waitingOn } from './patience.ts'

test.each([
  ['slow to start', { totalMs: 50_000, idleMs: 50_000, requests: 0, repeated: 0 }, false],
  ['never starts', { totalMs: 60_000, idleMs: 60_000, requests: 0, repeated: 0 }, true],
  ['slow, but at work', { totalMs: 70_000, idleMs: 24_000, requests: 2, repeated: 0 }, false],
  ['waits for an answer', { totalMs: 30_000, idleMs: 25_000, requests: 1, repeated: 0 }, true],
  ['waits before it tries again', { totalMs: 60_000, idleMs: 30_000, requests: 3, repeated: 2 }, false],
  ['tries again without end', { totalMs: 90_000, idleMs: 1, requests: 20, repeated: 18 }, true],
] as const)('%s: over or not', (_, waited, over) => {
  expect(isOver(waited)).toBe(over)
})

test('a request begins the wait anew, and one that is the same counts as repeated', () => {
  const requested: string[] = []
  const waited = waitingOn({ requested })
  expect(waited()).toMatchObject({ requests: 0, repeated: 0 })
  requested.push('a', 'b', 'a')
  expect(waited()).toMatchObject({ idleMs: 0, requests: 3, repeated: 1 })
})
