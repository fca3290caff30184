import { expect, test } from 'vitest'
import { chunk, reply } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import { reasoningMember } from './reasoning-member.ts'

const json = (message: object) => reply({ content: 'OK', message })
const stream = (delta: object) => chatStream([chunk(delta), chunk({ content: 'OK' }), chunk({}, 'stop'), '[DONE]'])

test('holds', () => expect(judged(reasoningMember, [json({ reasoning: 'Hm.' }), stream({ reasoning: 'Hm.' })])).toEqual(['held']))
test('holds with both names', () => expect(judged(reasoningMember, json({ reasoning: 'Hm.', reasoning_content: 'Hm.' }))).toEqual(['held']))
test('not a string', () => expect(judged(reasoningMember, json({ reasoning: { text: 'Hm.' } }))).toEqual(['not-a-string']))
test('disagree', () => expect(judged(reasoningMember, json({ reasoning: 'Hm.', reasoning_content: 'Ah.' }))).toEqual(['disagree']))
test('another member', () => expect(judged(reasoningMember, json({ reasoning_details: [{ text: 'Hm.' }] }))).toEqual(['other-member']))
test('another name in streams', () => {
  expect(judged(reasoningMember, [json({ reasoning: 'Hm.' }), stream({ reasoning_content: 'Hm.' })])).toEqual(['names-differ'])
})
test('nothing', () => expect(judged(reasoningMember, json({ reasoning: null }))).toEqual(['unobserved']))
test('thoughts in one mode only', () => {
  const plain = chatStream([chunk({ content: 'OK' }), chunk({}, 'stop'), '[DONE]'])
  const thoughtful = json({ reasoning: 'Hm.' })
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain, plain])).toEqual(['one-mode'])
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain])).toEqual(['held'])
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain, plain, stream({ reasoning: 'Hm.' })])).toEqual(['held'])
})
