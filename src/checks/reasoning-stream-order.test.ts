import { expect, test } from 'vitest'
import { chunk, head } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { reasoningStreamOrder } from './reasoning-stream-order.ts'

const says = (...deltas: object[]) =>
  judged(reasoningStreamOrder, chatStream([...deltas.map((delta) => chunk(delta)), chunk({}, 'stop'), '[DONE]']))

test('holds', () =>
  expect(says({ content: '' }, { reasoning: 'H', content: '' }, { reasoning: 'm.', content: null }, { content: 'OK' })).toEqual(['held']))
test('holds after a line break', () => expect(says({ content: '\n' }, { reasoning: 'Hm.' }, { content: 'OK' })).toEqual(['held']))
test('holds when the model thinks again before a call', () => {
  expect(says({ reasoning: 'Hm.' }, { content: 'Let me look.' }, { reasoning: 'Paris.' }, { tool_calls: [head(0, 'a')] })).toEqual(['held'])
})
test('mixed', () => expect(says({ reasoning: 'Hm.', content: 'OK' })).toEqual(['mixed']))
test('mixed with a call', () => expect(says({ reasoning_content: 'Hm.', tool_calls: [head(0, 'a')] })).toEqual(['mixed']))
test('late', () => expect(says({ content: 'OK' }, { reasoning: 'Hm.' })).toEqual(['late']))
test('late between answers', () =>
  expect(says({ reasoning: 'H' }, { content: 'O' }, { reasoning: 'm.' }, { content: 'K' })).toEqual(['late']))
test('a signature at the end is no thought', () => {
  expect(says({ reasoning: 'Hm.' }, { content: 'OK' }, { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] })).toEqual([
    'held',
  ])
})
test('no thoughts', () => expect(says({ content: 'OK' })).toEqual(['unobserved']))
