import { expect, test } from 'vitest'
import { project, withProvider, worldOf } from '../testing/opencode.ts'
import { secretsOf } from './secrets.ts'
import { readSettings } from './settings.ts'

const found = (options: Record<string, unknown>): readonly string[] =>
  secretsOf(readSettings(worldOf({ files: { [project]: withProvider({ options }) } })))

test('any header may hold a secret, but for those that anybody may see', () => {
  expect(
    found({
      headers: {
        'X-Acme': 'sk-super-0123456789',
        'X-Title': 'a title of some length',
        'X-Route': 'qwen3-8b',
        'X-Form': 'application/json',
        'X-Short': 'on',
      },
    }),
  ).toEqual(['sk-super-0123456789'])
})

test('a URL may hold secrets in its user, its path and its query', () => {
  expect(
    found({
      baseURL: 'https://ann:password-01@acme.test/sk-path-0123456789/v1?token=query-0123456789&region=europe-west',
      queryParams: { 'api-key': 'param-0123456789', 'api-version': '2024-10-21' },
    }).toSorted(),
  ).toEqual(['param-0123456789', 'password-01', 'query-0123456789', 'sk-path-0123456789'])
})
