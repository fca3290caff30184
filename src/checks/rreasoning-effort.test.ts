import { expect, test } from 'vitest'
import { type Json, reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { rreasoningEffort } from './rreasoning-effort.ts'

const one = (members: Json, status = 200, reasoningMember: unknown = { effort: 'low' }) =>
  judged(rreasoningEffort, json('POST /responses', { ...reply(), ...members }, { status, request: { reasoning: reasoningMember } }))

test('holds', () => expect(one({ reasoning: { effort: 'low', summary: null } })).toEqual(['held']))
test('refused', () => expect(one({}, 400)).toEqual(['refused']))
test('echo', () => {
  expect(one({ reasoning: { effort: 'medium' } })).toEqual(['echo'])
  expect(one({})).toEqual(['echo'])
})
test('unobserved', () => {
  expect(one({}, 200, { summary: 'auto' })).toEqual(['unobserved'])
  expect(one({}, 503)).toEqual(['unobserved'])
})
