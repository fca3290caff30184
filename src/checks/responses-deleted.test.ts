import { expect, test } from 'vitest'
import { reply } from '../testing/responses.ts'
import { json, judged } from '../testing/transcript.ts'
import { responsesDeleted } from './responses-deleted.ts'

const created = json('POST /responses', reply())
const answered = (status: number) => json('DELETE /responses/resp_1', {}, { status })

test('holds', () => expect(judged(responsesDeleted, [created, answered(200), answered(404), answered(404)])).toEqual(['held']))
test('status', () => expect(judged(responsesDeleted, [created, answered(202), answered(404), answered(404)])).toEqual(['status']))
test('still there', () => expect(judged(responsesDeleted, [created, answered(200), answered(200), answered(404)])).toEqual(['still-there']))
test('deleted twice', () =>
  expect(judged(responsesDeleted, [created, answered(200), answered(404), answered(200)])).toEqual(['deleted-twice']))
test('unobserved', () => expect(judged(responsesDeleted, [created, answered(405), answered(404), answered(404)])).toEqual(['unobserved']))
