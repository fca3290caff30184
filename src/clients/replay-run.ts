import type { ClientApi, ClientOutcome, ClientReplay, Exchange, JsonObject, Probe, Suite, Transcript } from '../types.ts'
import { changesAnswer, isSessionRequest, returnsThoughts } from './client-request.ts'
import { asObject } from './loose.ts'
import { opencodeSymptoms } from './opencode-rules.ts'
import type { ClientProfile } from './profiles.ts'
import { apiOf, profileOf, replayWith } from './replay.ts'

type Told = ClientOutcome & { readonly api: ClientApi }
/** `plain`: not asked for as a stream. */
type Seen = Told & { readonly status: number; readonly plain: boolean }

export interface ReplayRunInput {
  readonly suites: readonly Suite[]
  readonly transcript: Transcript
  /** Ids of clients. */
  readonly clients: readonly string[]
}

/** Replays, through each client, the exchanges of a run that this client could have had. */
export const replayRun = async ({ suites, transcript, clients }: ReplayRunInput): Promise<readonly ClientReplay[]> => {
  const probes = new Map(suites.flatMap((suite) => suite.probes).map((probe) => [probe.id, probe]))
  const thinks = transcript.traits.traits.some(({ name }) => name === 'thinks')
  const results: ClientReplay[] = []
  for (const profile of clients.map(profileOf)) {
    const told: Seen[] = []
    const succeeded = new Set<ClientApi>()
    const takesPlain = new Set<ClientApi>()
    for (const exchange of lastTries(transcript.exchanges())) {
      const api = apiOf(exchange)
      const probe = probes.get(exchange.probe)
      if (!api || !probe) continue
      const request = requestOf(exchange)
      const { outcome } = exchange
      const plain = request?.stream !== true
      if (outcome.kind === 'response' && outcome.status >= 200 && outcome.status <= 299) {
        succeeded.add(api)
        if (plain) takesPlain.add(api)
      }
      if (!isPlayable(exchange, probe, profile, request)) continue
      const own = turnOf(await replayWith(exchange, profile), exchange, probe, profile, api, request, thinks)
      if (!own) continue
      told.push({
        ...own,
        api,
        status: outcome.kind === 'response' ? outcome.status : 500,
        plain,
      })
    }
    // a server that takes nothing but streams refuses what OpenCode never sends
    const own = told.map(
      (each): Seen => (each.plain && profile.streamsOnly && !takesPlain.has(each.api) ? { ...each, result: 'unknown' } : each),
    )
    results.push(replayOf(profile, own, succeeded, transcript))
  }
  return results
}

/** 429 and 503 are sent again while recording, as clients do. */
function* lastTries(exchanges: Iterable<Exchange>): Generator<Exchange> {
  let last: Exchange | undefined
  const key = ({ probe, attempt, step, copy }: Exchange) => `${probe} ${attempt} ${step} ${copy ?? 0}`
  for (const exchange of exchanges) {
    if (last && key(last) !== key(exchange)) yield last
    last = exchange
  }
  if (last) yield last
}

const requestOf = ({ request }: Exchange): JsonObject | undefined => {
  try {
    return asObject(JSON.parse(Buffer.from(request.body).toString('utf8')))
  } catch {
    return undefined
  }
}

/** Only what was sent in earnest: with the right key, to the right address, nothing broken, and read to its end. */
const isPlayable = (exchange: Exchange, probe: Probe, { streamsOnly }: ClientProfile, request: JsonObject | undefined): boolean => {
  const step = probe.steps[exchange.step]
  if (!step || exchange.auth !== 'target' || step.breaks !== undefined || step.azure !== undefined || step.raw !== undefined) return false
  if (step.read.stopAfterEvents !== undefined || step.read.timeoutMs !== undefined) return false
  const refused = exchange.outcome.kind === 'response' && exchange.outcome.status >= 400
  // whoever refuses a request refuses it as a stream too
  if (streamsOnly && request?.stream !== true && !refused) return false
  return !changesAnswer(request) && !(refused && probe.observes === true && !returnsThoughts(request))
}

/** What one exchange means for a session: a refusal of what OpenCode itself sends ends every turn, and any other means nothing. */
const turnOf = (
  outcome: ClientOutcome,
  exchange: Exchange,
  probe: Probe,
  { rules }: ClientProfile,
  api: ClientApi,
  request: JsonObject | undefined,
  thinks: boolean,
): ClientOutcome | undefined => {
  const { status, body } = exchange.outcome.kind === 'response' ? exchange.outcome : { status: 0, body: new Uint8Array() }
  if (!outcome.refused || rules !== 'opencode' || outcome.result === 'unknown') return outcome
  if (status === 429 || status === 503) return { ...outcome, result: 'unknown' }
  // RQ-04: what is refused for its temperature is none of OpenCode's, which sends none unless it is told to
  const isOwn =
    exchange.copy === undefined &&
    (probe.observes !== true || (thinks && returnsThoughts(request))) &&
    isSessionRequest(api, request, exchange.request.body.byteLength, thinks) &&
    !(request?.temperature !== undefined && /temperature/i.test(Buffer.from(body).toString('utf8')))
  if (!isOwn && status !== 0) return undefined
  return outcome.result === 'breaks' ? outcome : { ...outcome, ...told(opencodeSymptoms.refused, 'refused') }
}

const told = ({ result, sees, rows }: (typeof opencodeSymptoms)['refused'], symptom: string) => ({ result, symptom, sees, rules: rows })

/** An API that never answers, while the other does, is one that the endpoint does not have: nobody configures it. */
const replayOf = (
  profile: ClientProfile,
  all: readonly Seen[],
  succeeded: ReadonlySet<ClientApi>,
  transcript: Transcript,
): ClientReplay => {
  // an endpoint that fails is there
  const isThere = (api: ClientApi) =>
    succeeded.size === 0 || succeeded.has(api) || all.some((each) => each.api === api && each.status >= 500)
  const outcomes = all.filter(({ api }) => isThere(api)).map(({ status: _, plain: __, ...outcome }) => outcome)
  const count = (api: ClientApi) => outcomes.filter((each) => each.api === api).length
  return {
    client: profile.id,
    packages: profile.packages,
    ...(profile.prefers === undefined ? {} : { prefers: profile.prefers }),
    replayed: { chat: count('chat'), responses: count('responses') },
    outcomes: [...outcomes, ...capRefused(profile, outcomes, transcript)],
  }
}

/** RQ-03: OpenCode caps chat answers with `max_tokens`, whatever the model wants; the harness found out and used the other name. */
const capRefused = ({ rules }: ClientProfile, outcomes: readonly Told[], { traits }: Transcript): readonly Told[] => {
  const found = traits.traits.find(({ name }) => name === 'max-completion-tokens')
  const first = outcomes.find(({ api }) => api === 'chat')
  if (rules !== 'opencode' || !found || !first) return []
  const { result, sees, rows } = opencodeSymptoms['refuses-what-is-always-sent']
  return [
    {
      api: 'chat',
      result,
      symptom: 'refuses-what-is-always-sent',
      sees,
      error: `max_tokens: ${found.how}`,
      rules: [...rows, 'RQ-03'],
      refused: true,
      evidence: first.evidence,
    },
  ]
}
