import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { calls, chunk, head, more } from '../testing/tool-replies.ts'
import { chatStream } from '../testing/transcript.ts'
import { absentDeltaMembers } from './absent-delta-members.ts'

const stream = (...deltas: object[]) => chatStream([...deltas.map((delta) => chunk(delta)), chunk({}, 'stop'), '[DONE]'])
const hi = { content: 'Hi.' }

test('omitted', () => expect(observed(absentDeltaMembers, stream({ role: 'assistant' }, hi))).toBe('omitted'))
test('empty', () => expect(observed(absentDeltaMembers, stream({ role: 'assistant', content: '', refusal: null }, hi))).toBe('empty'))
test('null', () => {
  const empty = stream({ role: 'assistant', content: '' }, hi)
  expect(observed(absentDeltaMembers, stream({ role: 'assistant', content: null }, hi))).toBe('null')
  expect(observed(absentDeltaMembers, empty, empty, stream({ role: 'assistant', content: '' }, { ...hi, tool_calls: null }))).toBe('null')
  const later = { index: 0, id: null, type: null, function: { name: null, arguments: '{}' } }
  expect(observed(absentDeltaMembers, calls([head(0, 'a'), later]))).toBe('null')
})
test('nothing to tell', () => {
  expect(observed(absentDeltaMembers, stream({ role: 'assistant', content: null }))).toBeUndefined()
  expect(observed(absentDeltaMembers, stream({ role: 'assistant', ...hi }, hi))).toBeUndefined()
  expect(observed(absentDeltaMembers, calls([head(0, 'a'), more(0, '{}')]))).toBeUndefined()
})
