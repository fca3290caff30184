import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { withoutBody } from '../transcript/view.ts'
import { unknownPathBody } from './unknown-path-body.ts'

const error = { error: { message: 'no' } }
const path = (body: unknown, status = 404) => withoutBody(json('POST /no-such-resource', body, { status, breaks: 'path' }))
const html = withoutBody(raw('POST /no-such-resource', '<html>', { status: 404, breaks: 'path', headers: [['content-type', 'text/html']] }))
const refusal = (body: unknown) => withoutBody(json('POST /chat/completions', body, { status: 400, breaks: 'messages' }))

test('holds', () => expect(judged(unknownPathBody, [refusal(error), path(error)])).toEqual(['held']))
test('no envelope', () => {
  expect(judged(unknownPathBody, [refusal(error), html])).toEqual(['not-json'])
  expect(judged(unknownPathBody, [refusal(error), path(['no'])])).toEqual(['not-object'])
  expect(judged(unknownPathBody, path({ detail: 'Not Found' }))).toEqual(['no-envelope'])
})
test('owned elsewhere', () => {
  expect(judged(unknownPathBody, [refusal({ detail: 'no' }), html])).toEqual(['unobserved'])
  expect(judged(unknownPathBody, path({}, 400))).toEqual(['unobserved'])
})
