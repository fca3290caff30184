import { profileOf, replayWith } from '../clients/replay.ts'
import type { Exchange } from '../types.ts'
import type { Shape } from './observed.ts'

/** What a symptom looks like from the outside; `unknown` where the replay does not say. */
const shapeOf: Readonly<Record<string, Shape>> = {
  'turn-dies': 'error',
  'retried-then-dies': 'retries',
  loops: 'loops',
  'tool-aborted': 'silent',
  'tool-parts-overwritten': 'silent',
  hangs: 'hangs',
  'compacts-for-ever': 'loops',
  'refuses-what-is-always-sent': 'error',
  refused: 'error',
  'no-such-endpoint': 'error',
  'cannot-connect': 'retries',
  retried: 'retries',
  'ends-blank': 'silent',
  'server-error-shown': 'error',
  blank: 'silent',
  'tool-call-lost': 'silent',
  'arguments-lost': 'tool-error',
  'arguments-garbled': 'tool-error',
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

/** The last answer to each request: what was tried again counts as it was answered in the end. */
const lastAnswers = (exchanges: readonly Exchange[]): readonly Exchange[] => [
  ...new Map(exchanges.map((exchange) => [Buffer.from(exchange.request.body).toString('latin1'), exchange])).values(),
]

/** What the replay makes of a turn: the worst of what it makes of the answers that the client really got. */
export const predictTurn = async (exchanges: readonly Exchange[], client: string): Promise<Predicted> => {
  const profile = profileOf(client)
  let worst: Predicted = { shape: 'works', symptom: 'works' }
  for (const exchange of lastAnswers(exchanges).slice(0, 6)) {
    const { symptom, result } = await replayWith(exchange, profile)
    const shape = shapeOfSymptom(symptom)
    if (shape === undefined || result === 'unknown') return { shape: 'unknown', symptom }
    if (worst.shape === 'unknown' || order.indexOf(shape) > order.indexOf(worst.shape)) worst = { shape, symptom }
    else if (worst.symptom === 'works') worst = { ...worst, symptom }
  }
  return worst
}

/** Whether both say that the turn comes off, or both that it does not. */
export const agrees = (predicted: Shape, observed: Shape): boolean => (predicted === 'works') === (observed === 'works')
