import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { told } from '../testing/told.ts'
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

test('where it is told, and what was there', () => {
  const tell = (output: Json[], members: Json = {}) => told(rreasoningItem, json('POST /responses', reply(output, members)))
  const leaking = { ...message(), content: [...message().content, ...message('<think>so</think>0.05').content] }
  expect(tell([reasoning(), leaking])).toEqual(['leaked at /output/1/content/1/text: no thoughts, not "<think>"'])
  expect(tell([call(), reasoning()])).toEqual(['order at /output/1: before the item that it led to, not the last item'])
  expect(tell([message()], thought)).toEqual(['missing at /output: a reasoning item, not 4 reasoning tokens without one'])
  const many = { ...message(), content: Array.from({ length: 30 }, () => message('<think>so</think>0.05').content[0]) }
  expect(tell([many])).toHaveLength(20)
})
test('what is no defect of reasoning', () => {
  expect(one([reasoning()])).toEqual(['held'])
  expect(one([{ type: 'zz' }, reasoning()])).toEqual(['held'])
  expect(one([message(), reasoning()], { status: 'incomplete' })).toEqual(['held'])
  expect(one([message()], { ...thought, status: 'incomplete' })).toEqual(['unobserved'])
  expect(one([{ ...message(), content: 'x' }])).toEqual(['unobserved'])
  expect(one([{ ...message('<think>so</think>0.05'), type: 'other' }])).toEqual(['unobserved'])
  expect(one([{ ...message(), content: [{ type: 'other', text: '<think>so</think>0.05' }] }])).toEqual(['unobserved'])
  expect(one([message(), null])).toEqual(['unobserved'])
})
