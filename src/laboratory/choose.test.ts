import { expect, test } from 'vitest'
import { relevantFaults, sampleOf } from './choose.ts'

const chat = relevantFaults('chat')

test('enough faults show in a turn, and none that changes headers nobody reads', () => {
  expect(chat.length).toBeGreaterThan(120)
  const names = chat.map(({ fault }) => fault)
  expect(names).toContain('stream-finish-unknown')
  expect(names).not.toContain('cache-control-missing')
})

test('a sample is the same every time', () => {
  expect(sampleOf(chat, 12)).toEqual(sampleOf([...chat].reverse(), 12))
  expect(sampleOf(chat, 12)).toHaveLength(12)
})
