import { expect, test } from 'vitest'
import { type Json, message, reasoning, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { rreasoningEncrypted } from './rreasoning-encrypted.ts'

const first = (output: Json[], status = 200) => json('POST /responses', reply(output), { status })
const sealed = { ...reasoning(), encrypted_content: 'c2VhbGVk' }
const second = (status = 200) => json('POST /responses', reply(), { status })

test('holds', () => expect(judged(rreasoningEncrypted, [first([sealed, message()]), second()])).toEqual(['held']))
test('missing', () => expect(judged(rreasoningEncrypted, [first([reasoning(), message()]), second()])).toEqual(['missing']))
test('refused', () => expect(judged(rreasoningEncrypted, [first([sealed, message()]), second(400)])).toEqual(['refused']))
test('unobserved', () => {
  expect(judged(rreasoningEncrypted, [first([message()]), second()])).toEqual(['unobserved'])
  expect(judged(rreasoningEncrypted, first([], 400))).toEqual(['unobserved'])
})
