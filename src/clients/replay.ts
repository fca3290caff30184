import { createAjv } from '../schema/compile.ts'
import { toView } from '../transcript/view.ts'
import type { ClientApi, ClientOutcome, Exchange, JsonObject, Response } from '../types.ts'
import { compareContent, type Tool, worst } from './compare.ts'
import { libraryVerdict } from './library-verdict.ts'
import { asList, asObject, asText } from './loose.ts'
import { opencodeVerdict } from './opencode-verdict.ts'
import { type ClientProfile, clientProfiles } from './profiles.ts'
import { createReplayFetch } from './replay-fetch.ts'
import type { Case, Verdict } from './verdict.ts'
import { readWire } from './wire.ts'

const apis: Readonly<Record<string, ClientApi>> = { 'POST /chat/completions': 'chat', 'POST /responses': 'responses' }

/** The API of an exchange, when clients use it. */
export const apiOf = ({ request }: Exchange): ClientApi | undefined => apis[request.endpoint]

/** @throws Error when there is no such client */
export const profileOf = (id: string): ClientProfile => {
  const profile = clientProfiles.find((each) => each.id === id)
  if (!profile) throw new Error(`there is no client "${id}"`)
  return profile
}

/**
 * Lets a client's own code read one recorded answer, and says what somebody who uses it would see.
 * Nothing is sent; the result depends on the recorded bytes and the bundled version alone.
 */
export const replay = (exchange: Exchange, client: string): Promise<ClientOutcome> => replayWith(exchange, profileOf(client))

/** The same with a profile at hand. */
export const replayWith = async (exchange: Exchange, profile: ClientProfile): Promise<ClientOutcome> => {
  const { probe, attempt, step, copy, outcome } = exchange
  const refused = outcome.kind === 'failure' || outcome.status < 200 || outcome.status > 299
  const told = ({ symptom, error }: Verdict): ClientOutcome => {
    const known = profile.symptoms[symptom] ?? { result: 'unknown' as const, sees: symptom, rows: [] }
    return {
      result: known.result,
      symptom,
      sees: known.sees,
      ...(error === undefined || error === '' ? {} : { error: error.slice(0, 500) }),
      ...(known.rows ? { rules: known.rows } : {}),
      ...(refused ? { refused } : {}),
      evidence: { probe, attempt, step, ...(copy === undefined ? {} : { copy }) },
    }
  }
  if (outcome.kind === 'response' && outcome.end === 'stopped')
    return told({ symptom: isEndless(outcome.endReason) ? 'hangs' : 'not-whole' })
  if (outcome.kind === 'failure' && outcome.code === 'INTERRUPTED') return told({ symptom: 'not-whole' })
  if (outcome.kind === 'response' && outcome.endReason === 'took too long in all') return told({ symptom: 'not-whole' })
  const seen = await caseOf(exchange, profile).catch((error: unknown) => ({
    failed: error instanceof Error ? error.message : String(error),
  }))
  if (typeof seen === 'object' && 'failed' in seen) return told({ symptom: 'not-replayed', error: seen.failed })
  if (seen === 'waits') return told({ symptom: 'hangs' })
  if (seen === 'unloadable') return told({ symptom: 'not-loaded' })
  if (seen === undefined) return told({ symptom: 'not-whole' })
  const moved = outcome.kind === 'response' ? redirectionOf(outcome) : undefined
  if (moved !== undefined) return told({ symptom: moved })
  return told(profile.rules === 'opencode' ? opencodeVerdict(seen) : libraryVerdict(seen, profile))
}

/** What follows a redirection is another exchange, of which nothing is known where the request goes there as it is. */
const redirectionOf = ({ status, headers }: Response): string | undefined => {
  if (![301, 302, 303, 307, 308].includes(status) || !headers.some(([name]) => name.toLowerCase() === 'location')) return undefined
  return status >= 307 ? 'not-whole' : 'redirected'
}

/** Reading stopped at a limit that no answer should reach: to a client the endpoint never ends. */
const isEndless = (reason = ''): boolean => /^more than|^an event of more than|^\d{6,} events$/.test(reason)

const caseOf = async (exchange: Exchange, profile: ClientProfile): Promise<Case | 'waits' | 'unloadable' | undefined> => {
  const api = apiOf(exchange)
  if (!api) return undefined
  const view = toView(exchange, () => [])
  const request = view ? asObject(view.request) : parsed(exchange.request.body)
  const tools = toolsOf(request)
  const source = createReplayFetch(exchange, profile)
  const drive = await profile.load().catch(() => undefined)
  if (!drive) return 'unloadable'
  const stream = profile.streamsOnly || request?.stream === true
  const handed = await drive({ api, stream, model: asText(request?.model) || 'model', tools, fetch: source.fetch })
  if (source.waited()) return 'waits'
  const wire = view ? readWire(view) : nothing
  // where calls are forbidden a text is right whatever it looks like
  const callable = request?.tool_choice === 'none' ? [] : tools
  return {
    api,
    stream,
    status: view?.response.status ?? 0,
    headers: view?.response.headers ?? [],
    body: view ? Buffer.from(view.body.subarray(0, 65_536)).toString('utf8') : '',
    handed,
    wire,
    content: worst(compareContent(handed, wire, tools, callable)),
  }
}

const nothing = { text: '', misplaced: '', reasoning: '', refusal: '', calls: [], failures: [], cut: true }

const parsed = (body: Uint8Array): JsonObject | undefined => {
  try {
    return asObject(JSON.parse(Buffer.from(body).toString('utf8')))
  } catch {
    return undefined
  }
}

/** The functions that a recorded request declares, in the form of either API. */
const toolsOf = (request: JsonObject | undefined): readonly Tool[] =>
  asList(request?.tools).flatMap((each) => {
    const tool = asObject(each)
    const own = asObject(tool?.function) ?? tool
    if (tool?.type !== 'function' || typeof own?.name !== 'string') return []
    const schema = asObject(own.parameters) ?? { type: 'object', properties: {} }
    return [{ name: own.name, schema, fits: validatorOf(schema) }]
  })

/** A schema that cannot be compiled asks nothing: whether it should have been refused is no matter of the answer. */
const validatorOf = (schema: object): Tool['fits'] => {
  let validate: ((input: unknown) => boolean) | undefined
  return (input) => {
    try {
      validate ??= createAjv({ strict: false, validateSchema: false, logger: false }).compile(schema) as (input: unknown) => boolean
      return validate(input)
    } catch {
      return true
    }
  }
}
