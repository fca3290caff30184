import { expect, test } from 'vitest'
import { loadTarget, type TargetInput } from '../target/load.ts'
import { isToken, knownTraits } from './known-traits.ts'

const named = (input: Partial<TargetInput>, key?: string) => {
  const keyed = key === undefined ? {} : { apiKey: { env: 'KEY' } }
  const { target } = loadTarget({ baseUrl: 'http://127.0.0.1:1/v1', ...keyed, ...input }, { KEY: key })
  return knownTraits(target).map(({ name }) => name)
}

test('the key, and whether it is a token', () => {
  expect(named({})).toEqual([])
  expect(named({}, 'sk-1234567890')).toEqual(['key'])
  expect(named({}, 'eyJhbGciOiJ9.eyJhdWQ.c2ln')).toEqual(['key', 'entra-token'])
  expect(named({ traits: ['key', 'azure'] }, 'sk-1234567890')).toEqual(['key', 'azure'])
  expect(isToken('sk-eyJ.a.b')).toBe(false)
})

test('an address of Azure, a deployment, and a prompt that is blocked', () => {
  expect(named({ baseUrl: 'https://x.openai.azure.com/openai/v1' })).toEqual(['azure'])
  expect(named({ baseUrl: 'https://x.openai.azure.com/openai/deployments/gpt' })).toEqual(['azure', 'single-model'])
  expect(named({ blockedPrompt: 'something bad' })).toEqual(['blocked-prompt'])
})
