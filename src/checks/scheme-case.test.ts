import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Auth, Trait } from '../types.ts'
import { schemeCase } from './scheme-case.ts'

const answered = (status: number, auth: Auth = 'lowercase-scheme', traits: Trait[] = ['chat']) =>
  judged(schemeCase, json('POST /chat/completions', {}, { status, auth }), undefined, traits)

test('holds', () => expect(answered(200)).toEqual(['held']))
test('refused', () => expect(answered(401)).toEqual(['refused']))
test('cannot be told', () => {
  expect(answered(400)).toEqual(['unobserved'])
  expect(answered(401, 'target')).toEqual(['unobserved'])
  expect(answered(401, 'lowercase-scheme', [])).toEqual(['unobserved'])
  const other = { error: { message: 'No such organization: org-wirecheck.', type: 'invalid_request_error' } }
  expect(judged(schemeCase, json('POST /chat/completions', other, { status: 401, auth: 'lowercase-scheme' }), undefined, ['chat'])).toEqual(
    ['unobserved'],
  )
})
