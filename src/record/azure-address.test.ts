import { expect, test } from 'vitest'
import { azureUrl, deploymentIn, isAzureUrl } from './azure-address.ts'

const resource = 'https://x.openai.azure.com'
const at = (baseUrl: string, address: Parameters<typeof azureUrl>[1], query: [string, string][] = []) =>
  azureUrl({ baseUrl, query }, address, 'my model', '/chat/completions')

test('a deployment, from whichever form the base URL has', () => {
  const expected = `${resource}/openai/deployments/my%20model/chat/completions?api-version=2024-10-21`
  for (const base of [resource, `${resource}/openai`, `${resource}/openai/v1`, `${resource}/v1`])
    expect(at(base, 'deployment')).toBe(expected)
  expect(at(`${resource}/openai/deployments/gpt`, 'deployment')).toBe(
    `${resource}/openai/deployments/gpt/chat/completions?api-version=2024-10-21`,
  )
})

test('the version of the target wins, and v1 goes without', () => {
  expect(at(`${resource}/openai/v1`, 'deployment', [['api-version', '2025-01-01']])).toContain('?api-version=2025-01-01')
  expect(at(`${resource}/openai/deployments/gpt?api-version=7&a=b`, 'v1')).toBe(`${resource}/openai/v1/chat/completions?a=b`)
})

test('another deployment, behind a gateway', () => {
  expect(at('https://gateway.example/team/openai/deployments/gpt', 'no-deployment')).toBe(
    'https://gateway.example/team/openai/deployments/no-such-deployment-zz/chat/completions?api-version=2024-10-21',
  )
})

test('what a base URL says of itself', () => {
  expect(deploymentIn(`${resource}/openai/deployments/gpt/`)).toBe('gpt')
  expect(deploymentIn(`${resource}/openai/v1`)).toBeUndefined()
  for (const url of [resource, `${resource}/openai/v1`, 'https://x.services.ai.azure.com/openai/v1']) expect(isAzureUrl(url)).toBe(true)
  for (const url of [
    'https://api.openai.com/v1',
    'https://x.services.ai.azure.com/anthropic/v1',
    'http://openai.azure.com.evil.test/openai',
  ])
    expect(isAzureUrl(url)).toBe(false)
})
