import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { azureFilterChunk } from './azure-filter-chunk.ts'

const filter = { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [{ prompt_index: 0 }] }
const piece = { id: 'a', choices: [{ index: 0, delta: { content: 'a' }, finish_reason: null }] }
const of = (...chunks: (object | string)[]) => judged(azureFilterChunk, chatStream(chunks))

test('holds', () => expect(of(filter, piece, '[DONE]')).toEqual(['held', 'note:filter-chunk']))
test('late', () => expect(of(piece, filter)).toEqual(['late']))
test('repeated', () => expect(of(filter, filter, piece)).toEqual(['repeated']))
test('form', () => expect(of({ ...filter, prompt_filter_results: {} }, piece)).toEqual(['form']))
test('no such chunk', () => {
  expect(of(piece, { ...piece, prompt_filter_results: [] }, '[DONE]')).toEqual(['unobserved'])
  expect(judged(azureFilterChunk, json('POST /chat/completions', filter))).toEqual(['unobserved'])
})
