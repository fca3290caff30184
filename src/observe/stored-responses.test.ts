import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { json } from '../testing/transcript.ts'
import { storedResponses } from './stored-responses.ts'

const first = json('POST /responses', { object: 'response', output: [] })
const next = (status: number, breaks?: string) =>
  json('POST /responses', status < 300 ? { object: 'response' } : { error: { message: 'no' } }, {
    status,
    request: { previous_response_id: 'resp_1' },
    ...(breaks && { breaks }),
  })

test('kept', () => expect(observed(storedResponses, first, next(200))).toBe('kept'))
test('refused', () => expect(observed(storedResponses, first, next(404))).toBe('refused'))
test('nothing to tell', () => {
  expect(observed(storedResponses, first)).toBeUndefined()
  expect(observed(storedResponses, next(404))).toBeUndefined()
  expect(observed(storedResponses, first, next(404, 'previous_response_id'))).toBeUndefined()
})
