import { expect, test } from 'vitest'
import { chatStream, judged, raw } from '../testing/transcript.ts'
import { jsonContentType } from './json-content-type.ts'

const labelled = (label: string | undefined, body = '{"error":{}}', status = 400) =>
  judged(jsonContentType, raw('POST /chat/completions', body, { status, headers: label === undefined ? [] : [['Content-Type', label]] }))

test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/problem+json'])('%s holds', (label) =>
  expect(labelled(label)).toEqual(['held']),
)
test.each(['text/plain', 'text/html; charset=utf-8', 'text/event-stream', 'application/octet-stream'])('%s', (label) =>
  expect(labelled(label)).toEqual(['label']),
)
test('no label', () => {
  expect(labelled(undefined)).toEqual(['missing'])
  expect(labelled('')).toEqual(['missing'])
})
test('no JSON', () => {
  expect(labelled('text/html', '<html>')).toEqual(['unobserved'])
  expect(labelled('text/plain', '404')).toEqual(['unobserved'])
  expect(labelled('text/plain', '{"cut":')).toEqual(['unobserved'])
  expect(judged(jsonContentType, chatStream([{}, '[DONE]']))).toEqual(['unobserved'])
})
