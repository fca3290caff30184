import { expect, test } from 'vitest'
import { toFailure } from './failure.ts'

test('of an error of OpenSSL is told what happened, and not where in its sources', () => {
  const message = '80EC41644A7F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:350:\n'
  const error = Object.assign(new Error(message), { code: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version number' })
  expect(toFailure(error, 1, [])).toEqual({
    kind: 'failure',
    code: 'ERR_SSL_WRONG_VERSION_NUMBER',
    message: 'wrong version number',
    atMs: 1,
  })
  expect(toFailure(new Error('as it is'), 1, [])).toMatchObject({ message: 'as it is' })
})
