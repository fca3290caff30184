import { expect, test } from 'vitest'
import type { Trait } from '../types.ts'
import { json, judged } from '../testing/transcript.ts'
import { modelRetrieved } from './model-retrieved.ts'

const error = { error: { message: 'no' } }
const known = (body: unknown, status = 200) => json('GET /models/acme%2Fm', body, { status })
const model = { id: 'acme/m', object: 'model', created: 1, owned_by: 'acme' }
const unknown = (status: number, body: unknown, traits: Trait[] = []) =>
  judged(modelRetrieved, [known(model), json('GET /models/no-such', body, { status, breaks: 'id' })], undefined, traits)

test('holds', () => {
  expect(judged(modelRetrieved, known(model))).toEqual(['held'])
  expect(unknown(404, error)).toEqual(['held'])
})
test('another object', () => {
  expect(judged(modelRetrieved, known({ ...model, object: 'list' }))).toEqual(['object'])
  expect(judged(modelRetrieved, known({ object: 'list', data: [] }))).toEqual(['object'])
})
test('another id', () => {
  expect(judged(modelRetrieved, known({ ...model, id: 'm' }))).toEqual(['id'])
  expect(judged(modelRetrieved, known({ object: 'model' }))).toEqual(['id'])
})
test('an unknown id', () => {
  expect(unknown(200, model)).toEqual(['status'])
  expect(unknown(400, error)).toEqual(['status'])
  expect(unknown(500, error)).toEqual(['status'])
  expect(unknown(200, model, ['single-model'])).toEqual(['held', 'note:single-model'])
})
test('404 without the envelope', () => {
  expect(unknown(404, { detail: 'Not Found' })).toEqual(['no-envelope'])
  expect(unknown(404, [error])).toEqual(['not-object'])
  expect(judged(modelRetrieved, [known(model), json('GET /models/x', 0, { text: 'no', status: 404, breaks: 'id' })])).toEqual(['not-json'])
})
test('cannot be told', () => {
  expect(judged(modelRetrieved, known(error, 404))).toEqual(['unobserved'])
  expect(judged(modelRetrieved, [known(error, 404), json('GET /models/x', {}, { status: 404, breaks: 'id' })])).toEqual(['unobserved'])
  expect(unknown(429, error)).toEqual(['unobserved'])
  expect(judged(modelRetrieved, json('GET /models', {}))).toEqual(['unobserved'])
})
