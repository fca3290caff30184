import { expect, test } from 'vitest'
import { BaseUrlError, checkBaseUrl, isLoopback } from './base-url.ts'

const said = (url: string): string => {
  try {
    return checkBaseUrl(url)
  } catch (error) {
    if (error instanceof BaseUrlError) return `! ${error.message}`
    throw error
  }
}

test.each([
  ['http://localhost:8000/v1', 'http://localhost:8000/v1'],
  ['  http://localhost:8000/v1\n', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1///', 'http://localhost:8000/v1'],
  ['http://localhost:8000', 'http://localhost:8000'],
  ['http://localhost:8000/', 'http://localhost:8000'],
  ['HTTPS://Example.COM/V1', 'https://example.com/V1'],
  ['https://api.openai.com:443/v1', 'https://api.openai.com/v1'],
  ['http://[::1]:8080/v1/', 'http://[::1]:8080/v1'],
  ['https://x.azure.com/openai/deployments/d?api-version=2024-10-21', 'https://x.azure.com/openai/deployments/d?api-version=2024-10-21'],
  ['https://x.azure.com/openai/deployments/d/?api-version=2024-10-21', 'https://x.azure.com/openai/deployments/d?api-version=2024-10-21'],
  ['http://h/v1?', 'http://h/v1'],
  ['http://h/v1#top', 'http://h/v1'],
  ['https://x.services.ai.azure.com/models', 'https://x.services.ai.azure.com/models'],
  ['http://h/v1/my-models', 'http://h/v1/my-models'],
])('%j is taken as %s', (given, expected) => {
  expect(said(given)).toBe(expected)
})

test.each([
  ['', 'the base URL is empty'],
  ['  ', 'the base URL is empty'],
  ['http://h /v1', 'the base URL "http://h /v1" contains white space; did you mean http://h/v1?'],
  ['localhost:8000/v1', 'the base URL localhost:8000/v1 has no scheme; did you mean http://localhost:8000/v1?'],
  ['127.0.0.1:8000', 'the base URL 127.0.0.1:8000 has no scheme; did you mean http://127.0.0.1:8000?'],
  ['[::1]:8000', 'the base URL [::1]:8000 has no scheme; did you mean http://[::1]:8000?'],
  ['api.openai.com/v1', 'the base URL api.openai.com/v1 has no scheme; did you mean https://api.openai.com/v1?'],
  ['//h.example/v1', 'the base URL //h.example/v1 has no scheme; did you mean https://h.example/v1?'],
  ['http:/h/v1', 'the base URL http:/h/v1 has no scheme; did you mean http://h/v1?'],
  ['ftp://h/v1', 'the base URL ftp://h/v1 is neither http nor https'],
  ['htp://h/v1', 'the base URL htp://h/v1 is neither http nor https'],
  ['http://', 'the base URL http:// is not a URL'],
  ['http://h:99999/', 'the base URL http://h:99999/ is not a URL'],
  ['http://h/v1/chat/completions', 'the base URL ends with /chat/completions, but it must end before that; did you mean http://h/v1?'],
  ['http://h/v1/responses/', 'the base URL ends with /responses/, but it must end before that; did you mean http://h/v1?'],
  ['http://h/v1/models', 'the base URL ends with /models, but it must end before that; did you mean http://h/v1?'],
  [
    'https://h/d/chat/completions?api-version=1',
    'the base URL ends with /chat/completions, but it must end before that; did you mean https://h/d?api-version=1?',
  ],
])('%j is refused', (given, message) => {
  expect(said(given)).toBe(`! ${message}`)
})

test.each(['http://me:hidden-pw@h /v1', 'ftp://me:hidden-pw@h/v1', 'http://me:hidden-pw@h/v1/responses', 'http://me:hidden-pw@h:99999/'])(
  'no message shows a password: %s',
  (given) => {
    expect(said(given)).toMatch(/^! /)
    expect(said(given)).not.toContain('hidden-pw')
  },
)

test('this machine', () => {
  for (const host of ['localhost', '127.0.0.1:80', '127.1.2.3', '[::1]:8080', 'a.localhost'])
    expect(isLoopback(`http://${host}/v1`)).toBe(true)
  for (const host of ['example.com', 'localhost.example.com', '10.0.0.1', '128.0.0.1']) expect(isLoopback(`http://${host}/v1`)).toBe(false)
})
