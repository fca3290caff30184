import { expect, test } from 'vitest'
import { json, judged, type Options } from '../testing/transcript.ts'
import { noServerError } from './no-server-error.ts'

const answered = (options: Options) => judged(noServerError, json('POST /chat/completions', {}, options))

test.each([500, 502, 504])('%i', (status) => expect(answered({ status })).toEqual(['server-error']))
test.each([200, 404])('%i holds', (status) => expect(answered({ status })).toEqual(['held']))
test.each([501, 503, 529])('%i says nothing', (status) => expect(answered({ status })).toEqual(['unobserved']))
test('broken on purpose', () => expect(answered({ status: 500, breaks: 'messages' })).toEqual(['unobserved']))
