import { expect, test } from 'vitest'
import { json, judged, raw } from '../testing/transcript.ts'
import { withoutBody } from '../transcript/view.ts'
import type { Trait, View } from '../types.ts'
import { modelRetrieved } from './model-retrieved.ts'

const error = { error: { message: 'no', code: null } }
const known = (body: unknown, status = 200) => withoutBody(json('GET /models/acme%2Fm', body, { status }))
const model = { id: 'acme/m', object: 'model', created: 1, owned_by: 'acme' }
const over = (views: [View, ...View[]], traits: Trait[] = []) => judged(modelRetrieved, views, undefined, traits)
const unknown = (status: number, body: unknown, traits: Trait[] = []) =>
  over([known(model), withoutBody(json('GET /models/no-such', body, { status, breaks: 'id' }))], traits)

test('holds', () => {
  expect(over([known(model)])).toEqual(['held'])
  expect(unknown(404, error)).toEqual(['held'])
})
test('another object', () => {
  expect(over([known({ ...model, object: 'list' })])).toEqual(['object'])
  expect(over([known({ object: 'list', data: [] })])).toEqual(['object'])
})
test('another id', () => {
  expect(over([known({ ...model, id: 'm' })])).toEqual(['id'])
  expect(over([known({ object: 'model' })])).toEqual(['id'])
})
test('a model that is not found', () => {
  expect(over([known({ error: { message: 'no', code: 'model_not_found' } }, 404)])).toEqual(['not-found'])
  expect(over([known({ error: { message: 'The model acme/m does not exist' } }, 404)])).toEqual(['not-found'])
})
test('an unknown id', () => {
  expect(unknown(200, model)).toEqual(['status'])
  expect(unknown(400, error)).toEqual(['status'])
  expect(unknown(500, error)).toEqual(['status'])
  expect(unknown(200, model, ['single-model'])).toEqual(['held'])
})
test('404 without the envelope', () => {
  expect(unknown(404, { detail: 'Not Found' })).toEqual(['no-envelope'])
  expect(unknown(404, [error])).toEqual(['not-object'])
  expect(over([known(model), withoutBody(raw('GET /models/x', 'no', { status: 404, breaks: 'id' }))])).toEqual(['not-json'])
})
test('no envelope anywhere', () => {
  const refusal = json('POST /chat/completions', { detail: 'no' }, { status: 400, breaks: 'messages' })
  expect(over([refusal, known(model), json('GET /models/x', { detail: 'no' }, { status: 404, breaks: 'id' })])).toEqual(['held'])
})
test('cannot be told', () => {
  expect(over([known(error, 404)])).toEqual(['unobserved'])
  expect(over([known({ error: { message: 'Invalid URL (GET /v1/models/acme/m)' } }, 404)])).toEqual(['unobserved'])
  expect(over([known(error, 404), json('GET /models/x', {}, { status: 404, breaks: 'id' })])).toEqual(['unobserved'])
  expect(over([json('GET /models', {})])).toEqual(['unobserved'])
})
