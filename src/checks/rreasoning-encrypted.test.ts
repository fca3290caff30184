import { expect, test } from 'vitest'
import { type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { rreasoningEncrypted } from './rreasoning-encrypted.ts'

const first = (output: Json[], status = 200) => json('POST /responses', reply(output), { status })
const sealed = { ...reasoning(), encrypted_content: 'c2VhbGVk' }
const second = (status = 200) => json('POST /responses', reply(), { status })

test('holds', () => expect(judged(rreasoningEncrypted, [first([sealed, message()]), second()])).toEqual(['held']))
test('missing', () => expect(judged(rreasoningEncrypted, [first([reasoning(), message()]), second()])).toEqual(['missing']))
test('an empty seal is none', () =>
  expect(judged(rreasoningEncrypted, [first([{ ...sealed, encrypted_content: '' }, message()]), second()])).toEqual(['missing']))
test.each([400, 404, 499])('%i refuses it', (status) =>
  expect(judged(rreasoningEncrypted, [first([sealed, message()]), second(status)])).toEqual(['refused']),
)
test.each([302, 401, 403, 429, 500, 503])('%i says nothing of it', (status) =>
  expect(judged(rreasoningEncrypted, [first([sealed, message()]), second(status)])).toEqual(['unobserved']),
)
test('unobserved', () => {
  expect(judged(rreasoningEncrypted, [first([message()]), second()])).toEqual(['unobserved'])
  expect(judged(rreasoningEncrypted, [first([reasoning(), message()], 400), second()])).toEqual(['unobserved'])
  expect(judged(rreasoningEncrypted, [json('POST /responses', {}), second()])).toEqual(['unobserved'])
  expect(judged(rreasoningEncrypted, first([sealed, message()]))).toEqual(['unobserved'])
  // what goes back was wrong before it was refused
  expect(judged(rreasoningEncrypted, [first([sealed, message('')]), second(400)])).toEqual(['unobserved'])
})
