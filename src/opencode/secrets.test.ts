import { expect, test } from 'vitest'
import { lintWorld, project, withProvider, worldOf } from '../testing/opencode.ts'
import { redactDeep } from '../transport/redact.ts'
import { masked } from './describe.ts'
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

test('any parameter of a query may hold a secret, but for those that anybody may see', () => {
  const query = 'app=supersecret1&api-version=2024-10-21&region=europe-west&on=yes&for=qwen3-8b&to=acme.test'
  expect(found({ baseURL: `https://acme.test/v1?${query}` })).toEqual(['supersecret1'])
  expect(found({ baseURL: `http://h:99999/v1?${query}` })).toEqual(['supersecret1', 'acme.test'])
  expect(found({ queryParams: Object.fromEntries(new URLSearchParams(query)) })).toContain('supersecret1')
})

test('the address that is shown, and the one that would be better, do not show it', () => {
  const files = { [project]: withProvider({ options: { baseURL: 'http://h/v1?app=supersecret1&api-version=2024-10-21' } }) }
  const settings = readSettings(worldOf({ files }))
  const secrets = secretsOf(settings)
  const fix = redactDeep(lintWorld(worldOf({ files })).find(({ rule }) => rule === 'CF-18')?.fix, secrets)
  expect(JSON.stringify(fix)).toContain('"app":"[redacted]","api-version":"2024-10-21"')
  const url = 'http://h/v1?app=supersecret1&api-version=2024-10-21/chat/completions'
  expect(masked(url)).toBe('http://h/v1?app=…&api-version=2024-10-21/chat/completions')
})
