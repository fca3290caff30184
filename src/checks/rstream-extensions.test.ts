import { expect, test } from 'vitest'
import { eventsOf, reply } from '../testing/responses.ts'
import { json, judged, responsesStream } from '../testing/transcript.ts'
import { rstreamExtensions } from './rstream-extensions.ts'

test('holds', () => expect(judged(rstreamExtensions, responsesStream(eventsOf()))).toEqual(['held']))
test('types of a vendor are no business of this rule', () =>
  expect(judged(rstreamExtensions, responsesStream([{ type: 'acme.progress' }, ...eventsOf()]))).toEqual(['held']))
test('chat chunk', () =>
  expect(judged(rstreamExtensions, responsesStream([{ object: 'chat.completion.chunk', choices: [] }, ...eventsOf()]))).toEqual([
    'chat-chunk',
  ]))
test('unobserved', () => {
  expect(judged(rstreamExtensions, responsesStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(rstreamExtensions, json('POST /responses', reply()))).toEqual(['unobserved'])
})
