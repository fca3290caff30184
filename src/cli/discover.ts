import { buildRequest } from '../record/request.ts'
import { suggest } from '../suite/suggest.ts'
import { type Target, withoutCredentials } from '../target/target.ts'
import { createTransport } from '../transport/send.ts'
import type { Endpoint, JsonObject, Step } from '../types.ts'
import { CliError, exitCodes } from './exit-code.ts'

const step = (endpoint: Endpoint): Step => ({ endpoint, auth: 'target', headers: [], expect: [], capture: {}, read: {} })

/** Asks a target outside the recorded run; undefined when there is no JSON answer with 2xx. */
const ask = async (target: Target, endpoint: Endpoint): Promise<{ json: unknown; said: string; failed: boolean }> => {
  const transport = createTransport(target)
  try {
    const outgoing = buildRequest(
      step(endpoint),
      target,
      { traits: new Set(), names: new Map(), random: () => '' },
      target.limits.headersMs,
    )
    const outcome = await transport.send(outgoing)
    if (outcome.kind === 'failure') return { json: undefined, said: `${outcome.code}: ${outcome.message}`, failed: true }
    const said = `HTTP ${outcome.status}`
    if (outcome.status < 200 || outcome.status > 299) return { json: undefined, said, failed: false }
    try {
      return { json: JSON.parse(Buffer.from(outcome.body).toString('utf8')) as unknown, said, failed: false }
    } catch {
      return { json: undefined, said: `${said} without JSON`, failed: false }
    }
  } finally {
    await transport.close()
  }
}

const idsIn = (list: unknown): readonly string[] | undefined => {
  const data = (list as JsonObject | undefined)?.data
  return Array.isArray(data) ? data.map((entry) => (entry as JsonObject | null)?.id).filter((id) => typeof id === 'string') : undefined
}

/**
 * The model to test when none is named: the only one that the endpoint lists.
 * @throws CliError when there is none, or a choice
 */
export const discoverModel = async (target: Target): Promise<string> => {
  const { json, said, failed } = await ask(target, 'GET /models')
  if (failed) throw new CliError(`${withoutCredentials(target.baseUrl)} cannot be reached: ${said}`, exitCodes.untestable)
  const ids = idsIn(json)
  const [only, ...others] = ids ?? []
  if (only !== undefined && others.length === 0) return only
  if (only === undefined) {
    const better = json === undefined ? await betterBaseUrl(target) : undefined
    const hint =
      said === 'HTTP 401'
        ? '\nit asks for a key: name one with --api-key-env'
        : better === undefined
          ? ''
          : `\nA model list is found at ${better}/models: did you mean --base-url ${better}?`
    throw new CliError(
      `GET ${withoutCredentials(target.baseUrl)}/models lists no model (${said}); name one with --model${hint}`,
      better === undefined ? exitCodes.usage : exitCodes.untestable,
    )
  }
  const shown = ids?.slice(0, 20).join('\n  ')
  throw new CliError(`${withoutCredentials(target.baseUrl)} lists ${ids?.length} models; choose one with --model\n  ${shown}`)
}

/** What the endpoint lists, as ids and as it was sent. @throws CliError when it cannot be reached */
export const listModels = async (target: Target): Promise<{ readonly ids: readonly string[]; readonly list: unknown }> => {
  const { json, said, failed } = await ask(target, 'GET /models')
  if (failed) throw new CliError(`${withoutCredentials(target.baseUrl)} cannot be reached: ${said}`, exitCodes.untestable)
  return { ids: idsIn(json) ?? [], list: json }
}

/** A base URL nearby that has a model list, when this one has none: the commonest mistake is a missing or doubled /v1. */
export const betterBaseUrl = async (target: Target): Promise<string | undefined> => {
  if (idsIn((await ask(target, 'GET /models')).json)) return undefined
  const { origin, pathname } = new URL(target.baseUrl)
  const path = pathname.replace(/\/$/, '')
  const candidates = [`${path}/v1`, path.replace(/\/v1$/, ''), path.replace(/\/v1\/v1$/, '/v1'), '/v1', '/api/v1', '/openai/v1']
  for (const candidate of new Set(candidates)) {
    if (candidate === path) continue
    const baseUrl = `${origin}${candidate}`
    if (idsIn((await ask({ ...target, baseUrl }, 'GET /models')).json)) return baseUrl
  }
  return undefined
}

/** `; did you mean ...?` for a model that the endpoint does not list. */
export const suggestModel = async (target: Target): Promise<string> => {
  const ids = idsIn((await ask(target, 'GET /models')).json) ?? []
  return ids.includes(target.models.chat) ? '' : suggest(target.models.chat, ids)
}
