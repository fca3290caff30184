import { expect, test } from 'vitest'
import { chatStream, json, judged, raw } from '../testing/transcript.ts'
import { shape } from './shape.ts'

test('something to validate', () => {
  expect(judged(shape, json('GET /models', { object: 'list' }))).toEqual(['held'])
  expect(judged(shape, chatStream([{ choices: [] }, '[DONE]']))).toEqual(['held'])
})
test('nothing to validate', () => {
  expect(judged(shape, json('GET /models', {}, { status: 404 }))).toEqual(['unobserved'])
  expect(judged(shape, raw('GET /models', '<html>'))).toEqual(['unobserved'])
  expect(judged(shape, chatStream(['[DONE]']))).toEqual(['unobserved'])
  expect(judged(shape, json('GET /models', [1]))).toEqual(['unobserved'])
})
