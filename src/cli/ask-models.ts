import { isWebPage } from '../judge/web-page.ts'
import { buildRequest } from '../record/request.ts'
import type { Target } from '../target/target.ts'
import { createTransport } from '../transport/send.ts'
import type { Auth, Endpoint, JsonObject, Step } from '../types.ts'

const step = (endpoint: Endpoint, auth: Auth): Step => ({ endpoint, auth, headers: [], expect: [], capture: {}, read: {} })

/** What a request outside the recorded run gave. */
export interface Asked {
  /** The body, where it is JSON with 2xx. */
  readonly json: unknown
  /** In words. */
  readonly said: string
  /** Absent: there was no answer. */
  readonly status?: number
  readonly isPage: boolean
}

/** Asks a target for its models, outside the recorded run. */
export const askModels = async (target: Target, auth: Auth = 'target'): Promise<Asked> => {
  const transport = createTransport(target)
  try {
    const bindings = { traits: new Set<never>(), names: new Map(), random: () => '' }
    const outcome = await transport.send(buildRequest(step('GET /models', auth), target, bindings, target.limits.headersMs))
    if (outcome.kind === 'failure') return { json: undefined, said: `${outcome.code}: ${outcome.message}`, isPage: false }
    const { status, body } = outcome
    const said = `HTTP ${status}`
    if (status < 200 || status > 299) return { json: undefined, said, status, isPage: false }
    if (isWebPage(body)) return { json: undefined, said: 'a web page', status, isPage: true }
    try {
      return { json: JSON.parse(Buffer.from(body).toString('utf8')) as unknown, said, status, isPage: false }
    } catch {
      return { json: undefined, said: `${said} without JSON`, status, isPage: false }
    }
  } finally {
    await transport.close()
  }
}

/** The ids of a model list; undefined when it is none. */
export const idsIn = (list: unknown): readonly string[] | undefined => {
  const data = (list as JsonObject | undefined)?.data
  return Array.isArray(data) ? data.map((entry) => (entry as JsonObject | null)?.id).filter((id) => typeof id === 'string') : undefined
}
