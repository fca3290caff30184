import { expect, test } from 'vitest'
import { call, eventsOf, type Json, message, reply } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamContentIndex } from './rstream-content-index.ts'

const indexed = (change: (event: Json) => unknown) => {
  const events = eventsOf()
  for (const event of events) change(event)
  return judged(rstreamContentIndex, responsesStream(events))
}

test('holds', () => {
  const two = { ...message(), content: [...message('One').content, ...message('Two').content] }
  expect(judged(rstreamContentIndex, responsesStream(eventsOf(reply([two]))))).toEqual(['held'])
})
test('not dense', () =>
  expect(indexed((event) => event.content_index === 0 && Object.assign(event, { content_index: 1 }))).toEqual(['not-dense']))
test('different', () =>
  expect(indexed((event) => event.type.endsWith('text.delta') && Object.assign(event, { content_index: 1 }))).toEqual(['different']))
test('unobserved', () => {
  expect(indexed((event) => delete event.content_index)).toEqual(['unobserved'])
  expect(judged(rstreamContentIndex, responsesStream(eventsOf(reply([call()]))))).toEqual(['unobserved'])
})
