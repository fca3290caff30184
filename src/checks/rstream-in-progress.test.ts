import { expect, test } from 'vitest'
import { eventsOf, reply, without } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamInProgress } from './rstream-in-progress.ts'

test('holds', () => expect(judged(rstreamInProgress, responsesStream(eventsOf()))).toEqual(['held']))
test('missing', () => expect(judged(rstreamInProgress, responsesStream(without(eventsOf(), 'in_progress')))).toEqual(['missing']))
test('late', () => {
  const [created, progress, added, ...rest] = eventsOf()
  expect(judged(rstreamInProgress, responsesStream([created, added, progress, ...rest]))).toEqual(['late'])
})
test('repeated', () => {
  const [created, progress, ...rest] = eventsOf()
  expect(judged(rstreamInProgress, responsesStream([created, progress, progress, ...rest]))).toEqual(['repeated'])
})
test('unobserved', () => {
  expect(judged(rstreamInProgress, responsesStream([eventsOf()[0], { type: 'error', message: 'Sorry.' }]))).toEqual(['unobserved'])
  expect(judged(rstreamInProgress, json('POST /responses', reply()))).toEqual(['unobserved'])
})
