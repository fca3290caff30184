import { expect, test } from 'vitest'
import { eventsOf, type Json, message, reasoning, reply } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamOutputIndex } from './rstream-output-index.ts'

const indexed = (output: Json[], change: (event: Json) => void) => {
  const events = eventsOf(reply(output))
  for (const event of events) change(event)
  return judged(rstreamOutputIndex, responsesStream(events))
}

test('holds', () => expect(indexed([reasoning(), message()], () => {})).toEqual(['held']))
test('not dense', () =>
  expect(indexed([message()], (event) => event.output_index === 0 && Object.assign(event, { output_index: 1 }))).toEqual(['not-dense']))
test('reused', () =>
  expect(indexed([reasoning(), message()], (event) => event.output_index === 1 && Object.assign(event, { output_index: 0 }))).toEqual([
    'reused',
  ]))
test('different', () =>
  expect(indexed([message()], (event) => event.type.endsWith('text.delta') && Object.assign(event, { output_index: 3 }))).toEqual([
    'different',
  ]))
test('unobserved', () => {
  expect(indexed([message()], (event) => delete event.output_index)).toEqual(['unobserved'])
  expect(indexed([], () => {})).toEqual(['unobserved'])
})
