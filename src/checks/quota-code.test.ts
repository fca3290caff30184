import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { quotaCode } from './quota-code.ts'

const says = (status: number, error: unknown) => judged(quotaCode, json('POST /chat/completions', { error }, { status }))

test.each([
  ['402', 402, { message: 'Insufficient credits' }, ['held']],
  ['the code', 429, { message: 'x', code: 'insufficient_quota' }, ['held']],
  ['the type', 429, { message: 'x', type: 'insufficient_quota', code: null }, ['held']],
  ['words only', 429, { message: 'You exceeded your current quota, please check your plan', code: null }, ['unnamed']],
  ['403 in words', 403, { message: 'Your credit balance is too low' }, ['unnamed']],
  ['throttling', 429, { message: 'Rate limit reached for requests', code: 'rate_limit_exceeded' }, ['unobserved']],
  ['a quota of requests', 429, { message: 'Quota exceeded for requests per minute' }, ['unobserved']],
  ['another refusal', 404, { message: 'no such balance' }, ['unobserved']],
  ['no envelope', 429, 'Insufficient balance', ['unobserved']],
] as const)('%s', (_, status, error, expected) => expect(says(status, error)).toEqual(expected))
