import { type Api, azure, packageOf, pathOf } from './packages.ts'
import { at, type Json, textAt } from './world.ts'

/** What decides about the addresses that a package requests. */
export interface Joining {
  readonly npm: string
  /** `options` of the provider, below those of the model. */
  readonly options: Json
  /** The model in the request. */
  readonly model: string
}

const bare = (baseUrl: string): string => baseUrl.replace(/\/$/, '')

const isAzureHost = (baseUrl: string): boolean => URL.canParse(baseUrl) && new URL(baseUrl).hostname.endsWith('.openai.azure.com')

const usesDeployments = ({ options }: Joining): boolean => at(options, ['useDeploymentBasedUrls']) === true

/** The address to which a package appends its paths: one slash is removed, and the rest is joined as text. */
export const rootOf = (joining: Joining, baseUrl: string): string => {
  const { npm, model } = joining
  if (npm !== azure) return bare(baseUrl) + (packageOf(npm).below ?? '')
  if (usesDeployments(joining)) return `${bare(baseUrl)}/deployments/${model}`
  return isAzureHost(baseUrl) ? `${bare(baseUrl)}/v1` : bare(baseUrl)
}

export const joinUrl = (joining: Joining, baseUrl: string, api: Api): string => rootOf(joining, baseUrl) + pathOf[api]

/** Parameters that a package adds by itself. */
export const ownQuery = (joining: Joining, baseUrl: string): Readonly<Record<string, string>> =>
  joining.npm === azure && (isAzureHost(baseUrl) || usesDeployments(joining))
    ? { 'api-version': textAt(joining.options, ['apiVersion']) ?? 'v1' }
    : {}

/** Azure needs no address where the name of the resource is known. */
export const azureBase = ({ npm, options }: Joining, env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const resource = textAt(options, ['resourceName']) || env.AZURE_RESOURCE_NAME
  return npm === azure && resource ? `https://${resource}.openai.azure.com/openai` : undefined
}
