import { profileOf, replayWith } from '../clients/replay.ts'
import type { Exchange } from '../types.ts'
import type { Shape } from './observed.ts'

/** What a symptom looks like from the outside; `unknown` where the replay does not say. */
const shapeOf: Readonly<Record<string, Shape>> = {
  'turn-dies': 'error',
  'retried-then-dies': 'retries',
  loops: 'loops',
  'tool-aborted': 'silent',
  'tool-aborted-told': 'tool-error',
  'tool-parts-overwritten': 'silent',
  hangs: 'hangs',
  'compacts-for-ever': 'loops',
  'refuses-what-is-always-sent': 'error',
  refused: 'error',
  'no-such-endpoint': 'error',
  'cannot-connect': 'retries',
  retried: 'retries',
  'waits-as-told': 'hangs',
  'content-filtered': 'error',
  'ends-blank': 'silent',
  'server-error-shown': 'error',
  blank: 'silent',
  'tool-call-lost': 'silent',
  'arguments-lost': 'tool-error',
  'arguments-garbled': 'tool-error',
  'arguments-rest-dropped': 'works',
  'arguments-encoded-twice': 'tool-error',
  'tool-name-cut': 'tool-error',
  'tool-call-as-text': 'silent',
  'invalid-arguments': 'tool-error',
  'arguments-unfit': 'tool-error',
  'unknown-tool': 'tool-error',
  'empty-tool-id': 'works',
  'duplicate-call': 'works',
  'duplicate-tool-ids': 'works',
  'refusal-dropped': 'silent',
  'reasoning-only': 'silent',
  'reasoning-dropped': 'works',
  'thinking-in-text': 'works',
  'text-differs': 'works',
  empty: 'silent',
  works: 'works',
  redirected: 'error',
  error: 'error',
  'bad-chunk': 'error',
  'nothing-read': 'silent',
  'finish-unknown': 'works',
  'tools-not-run': 'silent',
  'helper-fails': 'works',
  'error-shown': 'error',
  'error-bare': 'error',
}

/** Undefined for a symptom that decides nothing. */
export const shapeOfSymptom = (symptom: string): Shape | undefined => shapeOf[symptom]

const order: readonly Shape[] = ['works', 'tool-error', 'silent', 'error', 'retries', 'hangs', 'loops']

export interface Predicted {
  readonly shape: Shape | 'unknown'
  /** The symptom that decided. */
  readonly symptom: string
}

const bodyOf = ({ request }: Exchange): string => Buffer.from(request.body).toString('latin1')

/** The last answer to each request: what was tried again counts as it was answered in the end. */
const lastAnswers = (exchanges: readonly Exchange[]): readonly Exchange[] => [
  ...new Map(exchanges.map((exchange) => [bodyOf(exchange), exchange])).values(),
]

/** The request in which a client sums a conversation up, because it was told that it is too long. */
const isSummary = (exchange: Exchange): boolean => {
  try {
    return (JSON.parse(bodyOf(exchange)) as { tools?: unknown }).tools === undefined
  } catch {
    return false
  }
}

/** What the replay makes of a turn: the worst of what it makes of the answers that the client really got. */
export const predictTurn = async (exchanges: readonly Exchange[], client: string): Promise<Predicted> => {
  const profile = profileOf(client)
  const told: Predicted[] = []
  const looping = new Set<string>()
  for (const exchange of lastAnswers(exchanges).slice(0, 6)) {
    const { symptom, result } = await replayWith(exchange, profile)
    const shape = shapeOfSymptom(symptom)
    if (shape === undefined || result === 'unknown') return { shape: 'unknown', symptom }
    // without a summary there is nothing to go on with
    if (told.length > 0 && isSummary(exchange) && shape !== 'works') return { shape: shape === 'loops' ? 'error' : shape, symptom }
    if (shape === 'loops') looping.add(bodyOf(exchange))
    told.push({ shape, symptom })
  }
  // a client asks on after such an answer; once it got past it, that was no more than a detour
  const rounds = exchanges.filter((exchange) => looping.has(bodyOf(exchange))).length
  const last = exchanges.at(-1)
  const isDetour = last !== undefined && !looping.has(bodyOf(last)) && rounds < 3
  let worst: Predicted = { shape: 'works', symptom: 'works' }
  for (const own of told) {
    if (own.shape === 'unknown' || worst.shape === 'unknown' || (isDetour && own.shape === 'loops')) continue
    if (order.indexOf(own.shape) > order.indexOf(worst.shape)) worst = own
    else if (worst.symptom === 'works') worst = { ...worst, symptom: own.symptom }
  }
  return worst
}

/** Whether both say that the turn comes off, or both that it does not. */
export const agrees = (predicted: Shape, observed: Shape): boolean => (predicted === 'works') === (observed === 'works')
