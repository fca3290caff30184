import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { streamContentType } from './stream-content-type.ts'

const labelled = (label: string | undefined, status = 200) =>
  judged(
    streamContentType,
    raw('POST /chat/completions', 'data: {}\n\n', {
      status,
      headers: label === undefined ? [] : [['Content-Type', label]],
      request: { stream: true },
    }),
  )

test.each(['text/event-stream', 'Text/Event-Stream; charset=UTF-8', 'text/event-stream;charset="utf-8"'])('%s holds', (label) =>
  expect(labelled(label)).toEqual(['held']),
)
test('no label', () => expect(labelled(undefined)).toEqual(['missing']))
test.each(['application/json', 'text/plain; charset=utf-8', 'application/x-ndjson'])('%s', (label) =>
  expect(labelled(label)).toEqual(['label']),
)
test('another charset', () => expect(labelled('text/event-stream; charset=iso-8859-1')).toEqual(['charset']))
test('a plain reply to a streamed request for a response', () => {
  const plain = (options = {}) =>
    judged(streamContentType, json('POST /responses', { object: 'response' }, { request: { stream: true }, ...options }))
  expect(plain()).toEqual(['not-streamed'])
  expect(plain({ request: { stream: false } })).toEqual(['unobserved'])
  expect(plain({ status: 400 })).toEqual(['unobserved'])
})
test('no stream', () => {
  expect(judged(streamContentType, json('POST /chat/completions', {}, { request: { stream: true } }))).toEqual(['unobserved'])
  expect(labelled('text/event-stream', 400)).toEqual(['unobserved'])
  expect(judged(streamContentType, raw('POST /chat/completions', '{}', { headers: [['content-type', 'text/event-stream']] }))).toEqual([
    'unobserved',
  ])
})
