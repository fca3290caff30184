import { noKeyGiven } from '../judge/refused-key.ts'
import { escapeTerminal } from '../render/escape.ts'
import { suggest } from '../suite/suggest.ts'
import { type Target, withoutCredentials } from '../target/target.ts'
import { type Asked, askModels, idsIn } from './ask-models.ts'

/** Nobody waits long for a hint. */
const patienceMs = 5_000

const shownModels = 5

/**
 * What would be right in place of a target that cannot be tested, found out by asking around; lines of their own, or nothing.
 * @param reason why it cannot be tested
 */
export const hintFor = async (target: Target, reason: string): Promise<string> => {
  if (reason.includes(noKeyGiven)) return `\n  ${keyHint}`
  const quick = { ...target, limits: { ...target.limits, headersMs: Math.min(patienceMs, target.limits.headersMs) } }
  const asked = await askModels(quick)
  return (await schemeHint(quick, asked)) ?? (await pathHint(quick, asked)) ?? modelHint(target, asked)
}

export const keyHint = 'name the environment variable that holds the key with --api-key-env'

/**
 * `https` before a port that speaks plain HTTP, or the other way round. Asked without any credentials, since what is behind
 * the other scheme may be read by others on the way.
 */
const schemeHint = async (target: Target, { status }: Asked): Promise<string | undefined> => {
  // servers that speak TLS tell of plain HTTP with 400, if they tell
  if ((status !== undefined && status !== 400) || target.network.proxy !== undefined) return undefined
  const isTls = target.baseUrl.startsWith('https:')
  if (isTls && status === 400) return undefined
  const { origin, pathname } = new URL(target.baseUrl.replace(/^https?/, isTls ? 'http' : 'https'))
  const baseUrl = `${origin}${pathname.replace(/\/$/, '')}`
  const { key: _key, basic: _basic, ...bare } = target
  const network = { ...target.network, insecure: true }
  const other = await askModels({ ...bare, baseUrl, headers: [], query: [], network }, 'none')
  if (other.status === undefined || (isTls && other.status === 400)) return undefined
  return `\n  ${isTls ? 'there is no TLS behind it, but plain HTTP' : 'it speaks TLS'}: did you mean --base-url ${baseUrl}?`
}

/** A base URL nearby that has a model list, when this one has none: the commonest mistake is a missing or doubled /v1. */
export const betterBaseUrl = async (target: Target): Promise<string | undefined> => {
  const { origin, pathname } = new URL(target.baseUrl)
  const path = pathname.replace(/\/$/, '')
  const candidates = [`${path}/v1`, path.replace(/\/v1$/, ''), path.replace(/\/v1\/v1$/, '/v1'), '/v1', '/api/v1', '/openai/v1']
  for (const candidate of new Set(candidates)) {
    if (candidate === path) continue
    const baseUrl = `${origin}${candidate}`
    if (idsIn((await askModels({ ...target, baseUrl })).json)) return baseUrl
  }
  return undefined
}

const pathHint = async (target: Target, { json, status, isPage }: Asked): Promise<string | undefined> => {
  if (status === undefined || idsIn(json)) return undefined
  const better = await betterBaseUrl(target)
  if (better !== undefined) return `\n  a model list is found at ${better}/models: did you mean --base-url ${better}?`
  const { origin, pathname } = new URL(target.baseUrl)
  return isPage && !/\/v1\/?$/.test(pathname) ? `\n  did you mean --base-url ${origin}${pathname.replace(/\/$/, '')}/v1?` : undefined
}

/** Names for a model that the endpoint does not list. */
const modelHint = (target: Target, { json }: Asked): string => {
  const ids = idsIn(json) ?? []
  const { chat } = target.models
  if (ids.length === 0 || ids.includes(chat)) return ''
  const shown = ids.slice(0, shownModels).map((id) => escapeTerminal(id.slice(0, 80)))
  const more = ids.length > shownModels ? ` and ${ids.length - shownModels} more` : ''
  const models = `${withoutCredentials(target.baseUrl)}/models`
  return `\n  ${models} lists no "${escapeTerminal(chat)}"${escapeTerminal(suggest(chat, ids))}\n  it lists ${shown.join(', ')}${more}`
}
