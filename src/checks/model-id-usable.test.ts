import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Trait } from '../types.ts'
import { modelIdUsable } from './model-id-usable.ts'

const list = (...ids: unknown[]) => json('GET /models', { object: 'list', data: ids.map((id) => ({ id })) })
const retrieve = json('GET /models/acme%2Fm', {}, { status: 404 })
const unknown = json('GET /models/no-such', {}, { status: 404, breaks: 'id' })
const over = (models: ReturnType<typeof list>, traits: Trait[] = []) =>
  judged(modelIdUsable, [models, retrieve, unknown], undefined, traits)

test('holds', () => expect(over(list('acme/m', 'other'))).toEqual(['held']))
test('a duplicate', () => expect(over(list('acme/m', 'acme/m'))).toEqual(['duplicate']))
test('not listed', () => {
  expect(over(list('other'))).toEqual(['not-listed'])
  expect(over(list())).toEqual(['not-listed'])
})
test('a server that answers to any name', () => expect(over(list('other'), ['single-model'])).toEqual(['held']))
test('a page of a list', () => expect(over(json('GET /models', { data: [{ id: 'other' }], has_more: true }))).toEqual(['held']))
test('no list', () => {
  expect(over(list(5, null))).toEqual(['unobserved'])
  expect(over(json('GET /models', {}, { status: 404 }))).toEqual(['unobserved'])
})
