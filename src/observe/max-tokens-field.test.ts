import { expect, test } from 'vitest'
import { observed, spoken } from '../testing/observed.ts'
import { json } from '../testing/transcript.ts'
import { maxTokensField } from './max-tokens-field.ts'

const capped = (name: string, tokens = 16, finish = 'length') =>
  spoken({ content: 'river '.repeat(tokens) }, { request: { [name]: 16 } }, finish, { completion_tokens: tokens })
const refused = (name: string, message: string) =>
  json('POST /chat/completions', { error: { message } }, { status: 400, request: { [name]: 16 } })
const [classic, newer] = ['max_tokens', 'max_completion_tokens']
const unsupported = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."

test('both', () => expect(observed(maxTokensField, capped(classic), capped(newer))).toBe('both'))
test('max_tokens', () => {
  expect(observed(maxTokensField, capped(classic), capped(newer, 80, 'stop'))).toBe('max_tokens')
  expect(observed(maxTokensField, capped(classic), refused(newer, 'Extra inputs are not permitted: max_completion_tokens'))).toBe(
    'max_tokens',
  )
})
test('max_completion_tokens', () => {
  expect(observed(maxTokensField, refused(classic, unsupported), capped(newer))).toBe('max_completion_tokens')
  expect(observed(maxTokensField, refused(classic, unsupported))).toBe('max_completion_tokens')
})
test('nothing to tell', () => {
  expect(observed(maxTokensField, capped(classic))).toBeUndefined()
  expect(observed(maxTokensField, capped(classic, 3, 'stop'))).toBeUndefined()
  expect(observed(maxTokensField, refused(classic, 'max_tokens must be at most 5000'))).toBeUndefined()
  expect(observed(maxTokensField, refused(classic, 'the model does not exist'))).toBeUndefined()
})
