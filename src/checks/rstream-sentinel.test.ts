import { expect, test } from 'vitest'
import { eventsOf } from '../testing/responses.ts'
import { judged, responsesStream } from '../testing/transcript.ts'
import { rstreamSentinel } from './rstream-sentinel.ts'

const events = eventsOf()

test('both ways hold', () => {
  expect(judged(rstreamSentinel, responsesStream(events))).toEqual(['held'])
  expect(judged(rstreamSentinel, responsesStream([...events, '[DONE]']))).toEqual(['held', 'note:sent'])
})
test('early', () => expect(judged(rstreamSentinel, responsesStream(['[DONE]', ...events]))).toEqual(['early']))
test('repeated', () => expect(judged(rstreamSentinel, responsesStream([...events, '[DONE]', '[DONE]']))).toEqual(['repeated']))
test('other data', () => expect(judged(rstreamSentinel, responsesStream([...events, 'bye']))).toEqual(['other-data']))
test('unobserved', () => expect(judged(rstreamSentinel, responsesStream(['[DONE]']))).toEqual(['unobserved']))
