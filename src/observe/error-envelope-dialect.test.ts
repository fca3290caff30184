import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { json, type Options, raw } from '../testing/transcript.ts'
import { errorEnvelopeDialect } from './error-envelope-dialect.ts'

const said = (body: unknown, options: Options = {}) => json('POST /chat/completions', body, { status: 400, ...options })
const text = raw('POST /chat/completions', '<html>', { status: 400 })
const openai = said({ error: { message: 'no', type: 'invalid_request_error' } })

test.each([
  ['openai', { error: { message: 'no' } }],
  ['anthropic', { type: 'error', error: { type: 'invalid_request_error', message: 'no' } }],
  ['flat', { object: 'error', message: 'no', code: 400 }],
  ['string', { error: 'no' }],
  ['string', { error: 'no', message: 'no' }],
  ['detail', { detail: [{ msg: 'no' }] }],
  ['list', [{ error: { message: 'no' } }]],
  ['text', 'no'],
])('%s', (value, body) => expect(observed(errorEnvelopeDialect, said(body), said(body))).toBe(value))
test('text', () => expect(observed(errorEnvelopeDialect, text)).toBe('text'))
test('mixed', () => expect(observed(errorEnvelopeDialect, openai, openai, said({ detail: 'no' }))).toBe('mixed'))
test('what routers answer does not count', () => {
  expect(observed(errorEnvelopeDialect, openai, raw('POST /nope', 'nope', { status: 404, breaks: 'path' }))).toBe('openai')
  expect(observed(errorEnvelopeDialect, said({ detail: 'slow' }, { status: 429 }))).toBeUndefined()
})
test('a Messages endpoint speaks for itself', () =>
  expect(observed(errorEnvelopeDialect, openai, json('POST /messages', { type: 'error', error: { message: 'no' } }, { status: 400 }))).toBe(
    'openai',
  ))
test('nothing to tell', () => {
  expect(observed(errorEnvelopeDialect, said({ error: { message: 'no' } }, { status: 500 }))).toBeUndefined()
  expect(observed(errorEnvelopeDialect, said({ code: 1 }))).toBeUndefined()
})
