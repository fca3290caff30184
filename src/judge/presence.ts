import type { Endpoint, Exchange, Probe, Response, Trait, Traits } from '../types.ts'
import { asksForStream, looksAbsent, refusalStatuses, wordsOf } from './refusal.ts'
import { refusedKey } from './refused-key.ts'
import { isWebPage, webPageWords } from './web-page.ts'

export interface Presence {
  readonly endpoint: Endpoint
  readonly presence: 'answered' | 'absent' | 'untestable'
  readonly reason?: string
}

/** What can be told of a run before anything is judged, exchange by exchange. */
export interface Facts {
  readonly traits: Traits
  /** Traits that only the run as a whole shows, with the observation. */
  readonly found: readonly { readonly name: Trait; readonly how: string }[]
  readonly endpoints: readonly Presence[]
  /** Endpoints whose baseline was refused as it is and served as a stream, with the words of the refusal. */
  readonly plainRefusals: ReadonlyMap<Endpoint, string>
}

/** The endpoints at which a model answers; one of them must, or nothing can be said of the target. */
const isGeneration = (endpoint: Endpoint): boolean =>
  /^POST \/(chat\/completions|responses|completions|embeddings|messages)$/.test(endpoint)

/** Endpoints that most models do not have: whoever refuses one in an orderly way lacks it, whatever the words. */
const isOptional = (endpoint: Endpoint): boolean => endpoint === 'POST /completions' || endpoint === 'POST /embeddings'

const traitOfEndpoint: Readonly<Record<string, Trait>> = {
  'POST /chat/completions': 'chat',
  'POST /responses': 'responses',
  'POST /completions': 'completions',
  'POST /embeddings': 'embeddings',
  'POST /messages': 'messages',
}

/**
 * An endpoint without a 2xx whose baseline was refused as a path or for its model is absent, provided that another
 * generation endpoint answers: a Responses-only model and a chat-only gateway are described, not failed.
 */
export const gatherFacts = (exchanges: Iterable<Exchange>, probes: readonly Probe[], declared: readonly Trait[]): Facts => {
  const baselines = new Map(probes.filter(({ baseline }) => baseline).map(({ id, steps }) => [id, steps[0]?.endpoint]))
  const traits = new Set<Trait>(declared)
  const answered = new Set<Endpoint>()
  const refusals = new Map<Endpoint, string>()
  const declined = new Set<Endpoint>()
  const others = new Map<Endpoint, Map<string, number>>()
  const plain = new Map<string, string>()
  const plainRefusals = new Map<Endpoint, string>()
  const servesPlainly = new Set<Endpoint>()
  const wrongModel = new Set(
    probes.flatMap(({ id, steps }) => steps.flatMap(({ breaks }, step) => (breaks === 'model' ? [`${id} ${step}`] : []))),
  )
  let listed: number | undefined
  let servesAnyName = false
  for (const exchange of exchanges) {
    const { probe, step, request, outcome } = exchange
    const success = outcome.kind === 'response' && outcome.status >= 200 && outcome.status < 300
    const strange = success && isWebPage(outcome.body)
    const ok = success && !strange
    const opens = step === 0 && baselines.get(probe) === request.endpoint
    const isRetry = opens && plain.has(probe) && asksForStream(request.body)
    if (isRetry && ok) plainRefusals.set(request.endpoint, plain.get(probe) as string)
    // whoever answers a plain request later was only not ready for the first
    else if (ok && isGeneration(request.endpoint) && !asksForStream(request.body)) servesPlainly.add(request.endpoint)
    if (opens && outcome.kind === 'response' && refusalStatuses.includes(outcome.status) && !asksForStream(request.body))
      plain.set(probe, wordsOf(outcome.status, outcome.body))
    if (ok && request.endpoint === 'GET /models') listed ??= countModels(outcome.body)
    if (ok && wrongModel.has(`${probe} ${step}`)) servesAnyName = true
    if (ok && isGeneration(request.endpoint)) {
      if (outcome.end !== 'timeout' || outcome.body.byteLength > 0) answered.add(request.endpoint)
      else tally(others, request.endpoint, 'no byte of the body in time')
      // both APIs have tools, but only Chat Completions is what the requirements gated on this trait speak of
      if (request.endpoint === 'POST /chat/completions' && Buffer.from(request.body).includes('"tools":[{')) traits.add('tools')
      const trait = traitOfEndpoint[request.endpoint]
      if (trait) traits.add(trait)
    } else if (opens && !isRetry) {
      refusals.set(request.endpoint, unusable(exchange) ?? `answered ${(outcome as Response).status}${saidBy((outcome as Response).body)}`)
      if (outcome.kind === 'response' && looksAbsent(outcome.status, outcome.body))
        refusals.set(request.endpoint, `absent: answered ${outcome.status}`)
      if (strange) refusals.set(request.endpoint, `absent: ${webPageWords}`)
      if (outcome.kind === 'response' && isOptional(request.endpoint) && refusalStatuses.includes(outcome.status)) {
        const said = saidBy(outcome.body)
        refusals.set(request.endpoint, `absent: answered ${outcome.status}${said}`)
        // a wrong base URL looks like any missing path; other refusals in the right form come from the endpoint itself
        if (said !== '' && outcome.status !== 404 && outcome.status !== 405) declined.add(request.endpoint)
      }
    } else if (!opens)
      tally(others, request.endpoint, strange ? 'a web page' : outcome.kind === 'response' ? String(outcome.status) : outcome.code)
  }
  const found: { name: Trait; how: string }[] = []
  if (servesAnyName && listed === 1 && !traits.has('single-model'))
    found.push({ name: 'single-model', how: 'one model is listed, and any name is served' })
  for (const endpoint of servesPlainly) plainRefusals.delete(endpoint)
  for (const [endpoint, words] of plainRefusals)
    if (!traits.has('stream-only') && !found.some(({ name }) => name === 'stream-only'))
      found.push({ name: 'stream-only', how: `${endpoint} is refused unless it streams: ${words}` })
  for (const { name } of found) traits.add(name)
  const asked = new Set([...baselines.values()].filter((endpoint) => endpoint !== undefined))
  const endpoints = [...asked].map((endpoint): Presence => {
    if (answered.has(endpoint)) return { endpoint, presence: 'answered' }
    const reason = refusals.get(endpoint) ?? askedWords(others.get(endpoint))
    const absent = (answered.size > 0 || declined.has(endpoint)) && reason.startsWith('absent')
    return { endpoint, presence: absent ? 'absent' : 'untestable', reason: reason.replace(/^absent: /, '') }
  })
  return { traits, found, endpoints, plainRefusals }
}

const tally = (counts: Map<Endpoint, Map<string, number>>, endpoint: Endpoint, what: string): void => {
  const own = counts.get(endpoint) ?? new Map<string, number>()
  counts.set(endpoint, own.set(what, (own.get(what) ?? 0) + 1))
}

/** What became of the requests to an endpoint whose baseline is not among them, such as those of recorded traffic. */
const askedWords = (counts: ReadonlyMap<string, number> = new Map()): string => {
  const total = [...counts.values()].reduce((sum, times) => sum + times, 0)
  if (total === 0) return 'was not asked'
  const times = total === 1 ? 'once' : `${total} times`
  const list = [...counts].map(([what, count]) => (counts.size > 1 && count > 1 ? `${what} (${count} times)` : what)).join(', ')
  return [...counts.keys()].every((what) => /^4\d\d$|^501$/.test(what))
    ? `was asked ${times} and refused with ${list}`
    : `was asked ${times} without success: ${list}`
}

const countModels = (body: Uint8Array): number | undefined => {
  try {
    const { data } = JSON.parse(Buffer.from(body).toString('utf8')) as { data?: unknown }
    return Array.isArray(data) ? data.length : undefined
  } catch {
    return undefined
  }
}

/** What an error says of itself, for people: `: The model does not exist`. */
const saidBy = (body: Uint8Array): string => {
  try {
    const { error } = JSON.parse(Buffer.from(body.subarray(0, 65_536)).toString('utf8')) as { error?: { message?: unknown } }
    return typeof error?.message === 'string' ? `: ${error.message.slice(0, 200)}` : ''
  } catch {
    return ''
  }
}

/** Why an exchange cannot be used at all: nothing came, the key was refused, or the endpoint was overloaded to the end. */
export const unusable = (exchange: Exchange): string | undefined => {
  const { outcome, auth } = exchange
  if (outcome.kind === 'failure') return `${outcome.code}: ${outcome.message}`
  if (auth === 'target' && refusedKey(exchange) !== undefined) return refusedKey(exchange)
  if (outcome.status === 429 || outcome.status === 503) return `answered ${outcome.status} after pacing`
  if (outcome.end === 'timeout' && outcome.body.byteLength === 0) return 'no byte of the body came in time'
  return undefined
}
