import { catalogue } from './choose.ts'
import { stopsStart } from './lint.ts'
import { azure } from './packages.ts'
import type { Effective } from './resolve.ts'
import type { Problem } from './rule.ts'

/** Why nothing is sent: OpenCode itself would send nothing, or nobody but its package can. */
export const whyNot = (effective: Effective, problems: readonly Problem[]): string | undefined => {
  const { url, baseUrl, api, npm } = effective
  if (problems.some(({ rule, level }) => level === 'error' && stopsStart(rule)))
    return 'nothing was sent: OpenCode does not start with this configuration'
  if (api === 'own') return `nothing was sent: ${npm.value} cannot be asked here, since ${effective.package.why}`
  if (url !== undefined && URL.canParse(url) && /^https?:/i.test(url)) return undefined
  return `nothing was sent: ${baseUrl?.value ? `${baseUrl.value} is no URL` : whyNoUrl(effective)}`
}

const whyNoUrl = ({ npm, provider }: Effective): string => {
  if (npm.value === azure) return 'there is no base URL; name the resource in options.resourceName or AZURE_RESOURCE_NAME'
  return catalogue.test(provider)
    ? `the URL of "${provider}" stands in the public catalogue of models, which is not read here`
    : 'there is no base URL'
}
