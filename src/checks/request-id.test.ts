import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import type { View } from '../types.ts'
import { requestId } from './request-id.ts'

const answers = (...ids: (string | undefined)[]) =>
  ids.map((id) => json('POST /chat/completions', {}, { headers: id === undefined ? [] : [['X-Request-Id', id]] })) as [View, ...View[]]

test('holds', () => {
  expect(judged(requestId, answers('a', 'b', 'c'))).toEqual(['held'])
  expect(judged(requestId, answers('a'))).toEqual(['held'])
})
test('missing', () => {
  expect(judged(requestId, answers(undefined, undefined))).toEqual(['missing'])
  expect(judged(requestId, answers('a', '', 'b'))).toEqual(['missing'])
})
test('repeated', () => expect(judged(requestId, answers('a', 'b', 'a'))).toEqual(['repeated']))
test('no answer that counts', () => expect(judged(requestId, raw('OPTIONS /models', ''))).toEqual(['unobserved']))
