import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rreasoningItem } from './rreasoning-item.ts'

const one = (output: Json[], members: Json = {}) => judged(rreasoningItem, json('POST /responses', reply(output, members)))
const thought = { usage: { ...reply().usage, output_tokens_details: { reasoning_tokens: 4 } } }

test('holds', () => {
  expect(one([reasoning(), message()], thought)).toEqual(['held'])
  expect(one([message('Let me see.'), { ...reasoning(), id: 'rs_2' }, call()])).toEqual(['held'])
  expect(judged(rreasoningItem, responsesStream(eventsOf(reply([reasoning(), message()]))))).toEqual(['held'])
})
test('missing', () => expect(one([message()], thought)).toEqual(['missing']))
test('order', () => expect(one([message(), reasoning()])).toEqual(['order']))
test('leaked', () => expect(one([message('<think>so</think>0.05')], thought)).toEqual(['leaked']))
test('unobserved', () => {
  expect(one([message()])).toEqual(['unobserved'])
  expect(one([], { ...thought, status: 'incomplete' })).toEqual(['unobserved'])
})
