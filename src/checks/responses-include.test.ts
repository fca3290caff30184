import { expect, test } from 'vitest'
import { type Json, message, reply } from '../testing/responses.ts'
import { json, judged, type Options } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { responsesInclude } from './responses-include.ts'

const logprobs = { include: ['message.output_text.logprobs'] }
const encrypted = { include: ['reasoning.encrypted_content'] }
const one = (request: Json, options: Options = {}, traits: Trait[] = [], output = [message()]) =>
  judged(responsesInclude, json('POST /responses', reply(output), { ...options, request }), undefined, traits)
const counted = { ...message(), content: [{ ...message().content[0], logprobs: [{ token: 'Hello', logprob: -1 }] }] }

test('holds', () => {
  expect(one(logprobs, {}, [], [counted])).toEqual(['held'])
  expect(one(encrypted)).toEqual(['held'])
  expect(one({ include: ['zz'] }, { status: 400, breaks: 'include' })).toEqual(['held'])
})
test('unknown accepted', () => expect(one({ include: ['zz'] }, { breaks: 'include' })).toEqual(['unknown-accepted']))
test('status', () => expect(one({ include: ['zz'] }, { status: 422, breaks: 'include' })).toEqual(['status']))
test('refused', () => {
  expect(one(logprobs, { status: 400 })).toEqual(['refused'])
  expect(one(encrypted, { status: 400 }, ['thinks'])).toEqual(['refused'])
})
test('ignored', () => expect(one(logprobs)).toEqual(['ignored']))
test('unobserved', () => {
  expect(one(encrypted, { status: 400 })).toEqual(['unobserved'])
  expect(one(logprobs, { status: 400 }, ['thinks'])).toEqual(['unobserved'])
  expect(one(logprobs, {}, [], [])).toEqual(['unobserved'])
})
