import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { chunk, reply } from '../testing/tool-replies.ts'
import { chatStream, judged } from '../testing/transcript.ts'
import type { View } from '../types.ts'
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
test('both names in both modes, in whatever order', () => {
  const both = [
    json({ reasoning: 'Hm.' }),
    json({ reasoning_content: 'Hm.' }),
    stream({ reasoning_content: 'Hm.' }),
    stream({ reasoning: 'Hm.' }),
  ]
  expect(judged(reasoningMember, both as [View, ...View[]])).toEqual(['held'])
})
test('nothing', () => {
  expect(judged(reasoningMember, json({ reasoning: null }))).toEqual(['unobserved'])
  expect(judged(reasoningMember, reply({ content: 'OK', message: { reasoning: 'Hm.' }, options: { status: 500 } }))).toEqual(['unobserved'])
})
test('where it is told, once for each defect', () => {
  expect(told(reasoningMember, [json({ reasoning: 5 }), json({ reasoning: true })])).toEqual([
    'not-a-string at /choices/0/message/reasoning: a string or null, not number',
  ])
  expect(told(reasoningMember, json({ reasoning: 'x'.repeat(99), reasoning_content: 'Ah.' }))).toEqual([
    `disagree at /choices/0/message/reasoning: the text of reasoning_content, not ${'x'.repeat(80)}`,
  ])
  expect(told(reasoningMember, json({ reasoning_details: [{ text: 'Hm.' }] }))).toEqual([
    'other-member at /choices/0/message/reasoning_details: reasoning_content or reasoning, not reasoning_details',
  ])
  expect(told(reasoningMember, json({ content: [{ type: 'thinking', thinking: 'Hm.' }] }))).toEqual([
    'other-member at /choices/0/message/content: reasoning_content or reasoning, not content[]',
  ])
  expect(told(reasoningMember, [json({ reasoning_content: 'Hm.' }), json({ reasoning: 'Hm.' }), stream({ reasoning: 'Hm.' })])).toEqual([
    'names-differ at /choices/0/message: reasoning, reasoning_content, not reasoning',
  ])
})
test('thoughts in one mode only', () => {
  const plain = chatStream([chunk({ content: 'OK' }), chunk({}, 'stop'), '[DONE]'])
  const thoughtful = json({ reasoning: 'Hm.' })
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain, plain])).toEqual(['one-mode'])
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain])).toEqual(['held'])
  expect(judged(reasoningMember, [thoughtful, thoughtful, thoughtful, plain, plain, plain, stream({ reasoning: 'Hm.' })])).toEqual(['held'])
})
test('how many answers it takes, and which one is shown', () => {
  const streamed = chatStream([chunk({ content: 'OK' }), chunk({}, 'stop'), '[DONE]'])
  const plain = json({})
  const thoughtful = json({ reasoning: 'Hm.' })
  const times = (count: number, view: View) => Array.from({ length: count }, () => view)
  const views = (...list: View[][]) => list.flat() as [View, ...View[]]
  const context = { requirement: 'some.requirement', traits: new Set<never>(), declared: false }
  expect(judged(reasoningMember, views(times(2, thoughtful), times(3, streamed)))).toEqual(['held'])
  expect(judged(reasoningMember, views(times(3, thoughtful), times(4, plain), times(3, streamed)))).toEqual(['held'])
  const half = views(times(3, thoughtful), times(3, plain), times(3, streamed))
  expect(told(reasoningMember, half)).toEqual(['one-mode at /choices/0/message: thoughts as in json answers, not none in 3'])
  expect(reasoningMember.judge(half, undefined, context)).toMatchObject({ violations: [{ view: 6 }] })
  const turned = views(times(3, stream({ reasoning: 'Hm.' })), times(3, plain))
  expect(told(reasoningMember, turned)).toEqual(['one-mode at /choices/0/message: thoughts as in stream answers, not none in 3'])
  expect(reasoningMember.judge(turned, undefined, context)).toMatchObject({ violations: [{ view: 3 }] })
})
