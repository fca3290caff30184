import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { concurrency } from './concurrency.ts'

const words = ['abcdefghijklmnop', 'bcdefghijklmnopa', 'cdefghijklmnopab']
interface Own {
  readonly content?: string
  readonly status?: number
  readonly sentAtMs?: number
}
const copies = (...own: readonly Own[]): [View, ...View[]] =>
  own.map(({ content, status = 200, sentAtMs = 0 }, index) =>
    json(
      'POST /chat/completions',
      status === 200
        ? { choices: [{ index: 0, message: { content: content ?? words[index] }, finish_reason: 'stop' }] }
        : { error: { message: 'busy' } },
      {
        status,
        sentAtMs,
        endAtMs: 5,
        copy: index + 1,
        request: { messages: [{ role: 'user', content: `Repeat this line exactly: ${words[index]}` }] },
      },
    ),
  ) as unknown as [View, ...View[]]
const says = (...own: readonly Own[]) => judged(concurrency, copies(...own))

test('each answer repeats its own word', () => expect(says({}, {}, {})).toEqual(['held']))
test('some have to wait', () => {
  expect(says({}, { status: 429 }, { status: 503 })).toEqual(['held'])
  expect(says({ status: 429 }, { status: 429 })).toEqual(['held'])
})
test('the word of another', () => {
  expect(says({}, { content: words[0] as string }, {})).toEqual(['mixed'])
  expect(says({}, { content: `${words[1]} and ${words[2]?.toUpperCase()}` }, {})).toEqual(['mixed'])
})
test('refused while another was served', () => {
  expect(says({}, { status: 400 }, {})).toEqual(['refused'])
  expect(says({ status: 400 }, { status: 400 })).toEqual(['unobserved'])
})
test.each([
  ['one only', [{}]],
  ['a model that repeats nothing', [{ content: 'x' }, { content: '中' }, { content: '' }]],
  ['one after the other', [{}, { sentAtMs: 10 }, { sentAtMs: 20 }]],
  ['a server error', [{}, { status: 500 }, {}]],
] as const)('%s', (_, own) => expect(says(...own)).toEqual(['unobserved']))

test('mixed answers are a defect even one after the other', () =>
  expect(says({}, { content: words[0] as string, sentAtMs: 10 })).toEqual(['mixed']))
