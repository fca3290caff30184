import type { Target } from '../target/target.ts'
import { deploymentIn, isAzureUrl } from './azure-address.ts'
import type { FoundTrait } from './preflight.ts'

/** RFC 7519: three parts of base64url, of which the first is a JSON object; the signature may be empty. */
export const isToken = (key: string): boolean => /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(key)

/** What a target tells before the first request. */
export const knownTraits = ({ traits, key, auth, baseUrl, blockedPrompt }: Target): FoundTrait[] => {
  const told: (FoundTrait | false)[] = [
    key !== undefined && auth !== 'none' && { name: 'key', how: 'a key was given' },
    key !== undefined && isToken(key) && { name: 'entra-token', how: 'the key is a JSON Web Token' },
    isAzureUrl(baseUrl) && { name: 'azure', how: 'the host is one of Azure OpenAI' },
    deploymentIn(baseUrl) !== undefined && { name: 'single-model', how: 'the base URL names the deployment' },
    blockedPrompt !== undefined && { name: 'blocked-prompt', how: 'the target names one' },
  ]
  return [
    ...traits.map((name): FoundTrait => ({ name, how: 'declared' })),
    ...told.filter((trait) => trait !== false).filter(({ name }) => !traits.includes(name)),
  ]
}
