import type { Target } from '../target/target.ts'
import type { AzureAddress } from '../types.ts'

/** Hosts of Azure OpenAI and of Foundry, the national clouds included. */
const hosts = /\.(openai\.azure\.(com|us|cn)|cognitiveservices\.azure\.(com|us|cn)|services\.ai\.azure\.com)$/

/** What the path of a base URL may end with; what stands before it is the root of the resource. */
const endings = /\/(openai\/deployments\/([^/]+)|openai\/v1|openai|v1)$/

/** Generally available, and what is sent where the target names no other. */
const usualVersion = '2024-10-21'

/** The deployment that a base URL names, still encoded. */
export const deploymentIn = (baseUrl: string): string | undefined => endings.exec(new URL(baseUrl).pathname.replace(/\/+$/, ''))?.[2]

/** A host of Azure serves other vendors' APIs below other paths. */
export const isAzureUrl = (baseUrl: string): boolean => {
  const { hostname, pathname } = new URL(baseUrl)
  return hosts.test(hostname) && /^\/(openai(\/|$)|$)/.test(pathname)
}

const versionName = 'api-version'

/**
 * The URL of an endpoint at one of the addresses of Azure OpenAI: on the host of the target, never on another.
 * https://learn.microsoft.com/en-us/azure/ai-services/openai/reference: a deployment needs `api-version`; v1 goes without.
 * @param model the name of the deployment, where the base URL has none
 * @param path of the endpoint, as it stands behind a base URL
 */
export const azureUrl = (
  { baseUrl, query }: Pick<Target, 'baseUrl' | 'query'>,
  address: AzureAddress,
  model: string,
  path: string,
): string => {
  const { origin, pathname, searchParams } = new URL(baseUrl)
  const own = deploymentIn(baseUrl) ?? encodeURIComponent(model)
  const name = address === 'no-deployment' ? 'no-such-deployment-zz' : own
  const root = pathname.replace(/\/+$/, '').replace(endings, '')
  const url = new URL(`${origin}${root}/openai/${address === 'v1' ? 'v1' : `deployments/${name}`}${path}`)
  const given = [...searchParams, ...query]
  for (const [key, value] of given) if (key !== versionName) url.searchParams.append(key, value)
  if (address !== 'v1') url.searchParams.append(versionName, given.find(([key]) => key === versionName)?.[1] ?? usualVersion)
  return url.href
}
