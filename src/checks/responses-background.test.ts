import { expect, test } from 'vitest'
import { reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesBackground } from './responses-background.ts'

const created = (status: string, code = 200) =>
  json('POST /responses', { ...reply([]), status }, { status: code, request: { background: true } })
const fetched = (status: string, code = 200) => json('GET /responses/resp_1', { ...reply(), status }, { status: code })

test('holds', () => {
  expect(judged(responsesBackground, [created('queued'), fetched('in_progress')])).toEqual(['held'])
  expect(judged(responsesBackground, [created('in_progress'), fetched('completed')])).toEqual(['held'])
})
test('not background', () => expect(judged(responsesBackground, [created('completed'), fetched('completed')])).toEqual(['not-background']))
test('fetch', () => expect(judged(responsesBackground, [created('queued'), fetched('', 404)])).toEqual(['fetch']))
test('status', () => expect(judged(responsesBackground, [created('queued'), fetched('done')])).toEqual(['status']))
test('unobserved', () => expect(judged(responsesBackground, created('queued', 400))).toEqual(['unobserved']))
