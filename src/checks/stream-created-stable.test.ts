import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { streamCreatedStable } from './stream-created-stable.ts'

const stream = (...heads: object[]) => chatStream([...heads.map((head) => ({ ...head, choices: [] })), '[DONE]'])

test('holds', () => {
  expect(judged(streamCreatedStable, stream({ created: 5, model: 'm' }, { created: 5, model: 'm' }))).toEqual(['held'])
  expect(
    judged(
      streamCreatedStable,
      stream({ id: '', object: '', created: 0, model: '', prompt_filter_results: [] }, { created: 5, model: 'm' }),
    ),
  ).toEqual(['held'])
  expect(judged(streamCreatedStable, stream({ created: 5, model: 'm' }, { created: '6', model: '' }))).toEqual(['held'])
})
test('the time moves', () => {
  expect(judged(streamCreatedStable, stream({ created: 5, model: 'm' }, { created: 6, model: 'm' }, { created: 7, model: 'm' }))).toEqual([
    'created-changes',
  ])
})
test('the model changes', () => {
  expect(judged(streamCreatedStable, stream({ created: 5, model: 'm' }, { created: 5, model: 'n' }))).toEqual(['model-changes'])
  expect(judged(streamCreatedStable, stream({ created: 5, model: 'm' }, { created: 6, model: 'n' }))).toEqual([
    'created-changes',
    'model-changes',
  ])
})
test('neither', () => {
  expect(judged(streamCreatedStable, stream({}))).toEqual(['unobserved'])
  expect(judged(streamCreatedStable, stream({ created: null, model: 5 }))).toEqual(['unobserved'])
  expect(judged(streamCreatedStable, json('POST /chat/completions', { created: 5 }))).toEqual(['unobserved'])
})
