import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { finishOwnChunk } from './finish-own-chunk.ts'

const piece = (delta: object, finish_reason: unknown = null, index: unknown = 0) => ({
  id: 'a',
  choices: [{ index, delta, finish_reason }],
})

test('holds', () => {
  expect(judged(finishOwnChunk, chatStream([piece({ content: 'a' }), piece({}, 'stop')]))).toEqual(['held'])
  expect(judged(finishOwnChunk, chatStream([piece({ role: 'assistant', content: '', tool_calls: [] }, 'stop')]))).toEqual(['held'])
})
test('something rides along', () => {
  expect(judged(finishOwnChunk, chatStream([piece({ content: 'a' }, 'stop')]))).toEqual(['payload'])
  expect(judged(finishOwnChunk, chatStream([piece({ tool_calls: [{ index: 0 }] }, 'tool_calls')]))).toEqual(['payload'])
})
test('not one finish', () => {
  expect(judged(finishOwnChunk, chatStream([piece({ content: 'a' }, 'stop'), piece({ content: 'b' }, 'stop')]))).toEqual(['unobserved'])
  expect(judged(finishOwnChunk, chatStream([piece({ content: 'a' })]))).toEqual(['unobserved'])
  expect(judged(finishOwnChunk, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
