import { expect, test } from 'vitest'
import { observed, spoken } from '../testing/observed.ts'
import { unknownMember } from './unknown-member.ts'

const asked = (status: number, breaks = 'zz_unknown_param') => spoken({ content: 'Hi.' }, { status, breaks })

test('accepted', () => expect(observed(unknownMember, asked(200))).toBe('accepted'))
test.each([400, 422])('refused: %i', (status) => expect(observed(unknownMember, asked(status))).toBe('refused'))
test('nothing to tell', () => {
  expect(observed(unknownMember, asked(500))).toBeUndefined()
  expect(observed(unknownMember, asked(200, 'messages'))).toBeUndefined()
})
