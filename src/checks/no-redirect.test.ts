import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { noRedirect } from './no-redirect.ts'

const answered = (options: Options) => judged(noRedirect, json('POST /chat/completions', {}, options))

test('holds', () => expect(answered({ status: 200 })).toEqual(['held']))
test.each([301, 302, 307, 308])('%i', (status) =>
  expect(answered({ status, headers: [['Location', '/v1/chat/completions/']] })).toEqual(['redirected']),
)
test('no resource', () => {
  expect(answered({ status: 301, breaks: 'path' })).toEqual(['unobserved'])
  expect(answered({ status: 302, breaks: 'key', auth: 'none' })).toEqual(['unobserved'])
  expect(answered({ status: 404 })).toEqual(['unobserved'])
})
