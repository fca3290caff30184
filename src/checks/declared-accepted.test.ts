import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { declaredAccepted } from './declared-accepted.ts'

const refused = json('POST /chat/completions', { error: { message: 'no tools here' } }, { status: 400 })

test('an undeclared capability may be refused', () => expect(judged(declaredAccepted, refused)).toEqual(['unobserved']))
test('a declared one may not', () => expect(judged(declaredAccepted, refused, undefined, [], true)).toEqual(['refused']))
test('a broken request says nothing', () =>
  expect(
    judged(declaredAccepted, json('POST /chat/completions', { error: {} }, { status: 400, breaks: 'tools' }), undefined, [], true),
  ).toEqual(['unobserved']))
test('an accepted one holds', () =>
  expect(judged(declaredAccepted, json('POST /chat/completions', {}), undefined, [], true)).toEqual(['held']))
