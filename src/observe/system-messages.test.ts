import { expect, test } from 'vitest'
import { conversation, observed } from '../testing/observed.ts'
import { systemMessages } from './system-messages.ts'

const talk = (roles: string, status = 200) =>
  conversation(
    [...roles].map((role) => ({ role: role === 's' ? 'system' : role === 'u' ? 'user' : 'assistant', content: 'Hi.' })),
    status,
  )

test('anywhere', () => expect(observed(systemMessages, talk('ssu'), talk('suasu'))).toBe('anywhere'))
test('several', () => {
  expect(observed(systemMessages, talk('ssu'), talk('suasu', 400))).toBe('several')
  expect(observed(systemMessages, talk('ssuau'), talk('uasu', 500))).toBe('several')
})
test('one-first', () => expect(observed(systemMessages, talk('ssu', 400), talk('suasu', 400))).toBe('one-first'))
test('nothing to tell', () => {
  expect(observed(systemMessages, talk('su'))).toBeUndefined()
  expect(observed(systemMessages, talk('ssuuau', 400), talk('suasu', 400))).toBeUndefined()
  expect(observed(systemMessages, talk('ssu', 429), talk('suasu', 400))).toBeUndefined()
})
