import type { Endpoint, Exchange, JsonObject, Probe, Response, Trait, Traits, View } from '../types.ts'

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
  const wrongModel = new Set(
    probes.flatMap(({ id, steps }) => steps.flatMap(({ breaks }, step) => (breaks === 'model' ? [`${id} ${step}`] : []))),
  )
  let listed: number | undefined
  let servesAnyName = false
  for (const exchange of exchanges) {
    const { probe, step, request, outcome } = exchange
    const ok = outcome.kind === 'response' && outcome.status >= 200 && outcome.status < 300
    if (ok && request.endpoint === 'GET /models') listed ??= countModels(outcome.body)
    if (ok && wrongModel.has(`${probe} ${step}`)) servesAnyName = true
    if (ok && isGeneration(request.endpoint)) {
      if (outcome.end !== 'timeout' || outcome.body.byteLength > 0) answered.add(request.endpoint)
      // both APIs have tools, but only Chat Completions is what the requirements gated on this trait speak of
      if (request.endpoint === 'POST /chat/completions' && Buffer.from(request.body).includes('"tools":[{')) traits.add('tools')
      const trait = traitOfEndpoint[request.endpoint]
      if (trait) traits.add(trait)
    } else if (step === 0 && baselines.get(probe) === request.endpoint) {
      refusals.set(request.endpoint, unusable(exchange) ?? `answered ${(outcome as Response).status}${saidBy((outcome as Response).body)}`)
      if (outcome.kind === 'response' && looksAbsent(outcome.status, outcome.body))
        refusals.set(request.endpoint, `absent: answered ${outcome.status}`)
      if (outcome.kind === 'response' && isOptional(request.endpoint) && refusalStatuses.includes(outcome.status)) {
        const said = saidBy(outcome.body)
        refusals.set(request.endpoint, `absent: answered ${outcome.status}${said}`)
        // a wrong base URL looks like any missing path; other refusals in the right form come from the endpoint itself
        if (said !== '' && outcome.status !== 404 && outcome.status !== 405) declined.add(request.endpoint)
      }
    }
  }
  const found: { name: Trait; how: string }[] = []
  if (servesAnyName && listed === 1 && !traits.has('single-model'))
    found.push({ name: 'single-model', how: 'one model is listed, and any name is served' })
  for (const { name } of found) traits.add(name)
  const asked = new Set([...baselines.values()].filter((endpoint) => endpoint !== undefined))
  const endpoints = [...asked].map((endpoint): Presence => {
    if (answered.has(endpoint)) return { endpoint, presence: 'answered' }
    const reason = refusals.get(endpoint) ?? 'was not asked'
    const absent = (answered.size > 0 || declined.has(endpoint)) && reason.startsWith('absent')
    return { endpoint, presence: absent ? 'absent' : 'untestable', reason: reason.replace(/^absent: /, '') }
  })
  return { traits, found, endpoints }
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

/** 404, 405 and 501 mean that there is nothing; a 4xx counts when it speaks of the path, the model or the operation. */
const looksAbsent = (status: number, body: Uint8Array): boolean => {
  if (status === 404 || status === 405 || status === 501) return true
  if (status < 400 || status > 499 || status === 401 || status === 403 || status === 429) return false
  return /not (found|supported|available|implemented)|does not (exist|work|support)|unknown (url|path|endpoint|model)|unsupported (model|operation)|invalid url/i.test(
    Buffer.from(body.subarray(0, 4096)).toString('utf8'),
  )
}

/** Statuses by which a server may decline something it does not offer. */
const refusalStatuses = [400, 404, 405, 415, 422, 501]

/**
 * The words of an honest refusal of a request that was not wrong on purpose: a refusing status with a JSON error object.
 * @returns undefined when the answer is no such refusal
 */
export const refusalOf = (view: View): string | undefined => {
  if (view.breaks !== undefined || !refusalStatuses.includes(view.response.status)) return undefined
  const error = (view.json as JsonObject | undefined)?.error
  if (typeof error !== 'object' || error === null) return undefined
  const message = (error as JsonObject).message
  return `${view.response.status} ${typeof message === 'string' ? message : ''}`.trim()
}

/** Why an exchange cannot be used at all: nothing came, the key was refused, or the endpoint was overloaded to the end. */
export const unusable = (exchange: Exchange): string | undefined => {
  const { outcome, auth } = exchange
  if (outcome.kind === 'failure') return `${outcome.code}: ${outcome.message}`
  if ((outcome.status === 401 || outcome.status === 403) && auth === 'target') return `the key was refused with ${outcome.status}`
  if (outcome.status === 429 || outcome.status === 503) return `answered ${outcome.status} after pacing`
  if (outcome.end === 'timeout' && outcome.body.byteLength === 0) return 'no byte of the body came in time'
  return undefined
}
