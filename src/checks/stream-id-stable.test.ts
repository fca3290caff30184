import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamIdStable } from './stream-id-stable.ts'

const stream = (...ids: unknown[]) => chatStream([...ids.map((id) => ({ id, choices: [] })), '[DONE]'])

test('holds', () => {
  expect(judged(streamIdStable, stream('a', 'a', 'a'))).toEqual(['held'])
  expect(
    judged(
      streamIdStable,
      chatStream([
        { id: '', object: '', model: '', choices: [], prompt_filter_results: [] },
        { id: 'a', choices: [] },
        { error: { message: 'no' } },
        { id: 'a', choices: [] },
      ]),
    ),
  ).toEqual(['held'])
})
test('another id', () => {
  expect(judged(streamIdStable, stream('a', 'b', 'c'))).toEqual(['changes'])
  expect(judged(streamIdStable, stream('a', 'a', 'b'))).toEqual(['changes'])
})
test('the schema owns empty and missing ids', () => {
  expect(judged(streamIdStable, stream('a', '', 5, undefined, 'a'))).toEqual(['held'])
})
test('no ids', () => {
  expect(judged(streamIdStable, stream())).toEqual(['unobserved'])
  expect(judged(streamIdStable, stream('', 5))).toEqual(['unobserved'])
  expect(judged(streamIdStable, json('POST /chat/completions', { id: 'a' }))).toEqual(['unobserved'])
})
