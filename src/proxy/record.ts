import type { Limits } from '../target/target.ts'
import { reasonOf, Stop, toFailure } from '../transport/failure.ts'
import { redactBytes, redactHeaders, redactText } from '../transport/redact.ts'
import { redactAnswer } from '../transport/redact-answer.ts'
import { createWatch, type Watch } from '../transport/watch.ts'
import type { Endpoint, Exchange, Headers, Response, TransportFailure } from '../types.ts'
import { withoutQueryValues } from './query.ts'
import type { Secrets } from './secrets.ts'
import { createTape } from './tape.ts'

export interface RecordInput {
  /** Of the request in its session, from 1. */
  readonly number: number
  readonly endpoint: Endpoint
  readonly url: string
  readonly headers: Headers
  /** Of the request and of the session, on the clock of `performance`. */
  readonly sentAt: number
  readonly startedAt: number
  readonly limits: Limits
  readonly secrets: Secrets
}

/** What is noted of one exchange while it passes. Within the limits: what is more than they allow has passed all the same. */
export interface ExchangeRecord {
  readonly ask: (part: Uint8Array) => void
  readonly head: (status: number, headers: Headers) => void
  readonly part: (part: Uint8Array, now: number) => void
  readonly end: () => void
  /** @param error why it did not come to its end */
  readonly exchange: (error: Error | undefined) => Exchange
}

export const createRecord = ({ number, endpoint, url, headers, sentAt, startedAt, limits, secrets }: RecordInput): ExchangeRecord => {
  const asked = createTape(limits.bodyBytes)
  const answered = createTape(limits.bodyBytes)
  const atMs: number[] = []
  const ends: number[] = []
  let watch: Watch | undefined
  let status = 0
  let answerHeaders: Headers = []
  let headersAtMs = 0
  let endAtMs = 0
  /** Why nothing more is recorded, though it is still forwarded. */
  let full: string | undefined

  const outcome = (error: Error | undefined, known: readonly string[]): Response | TransportFailure => {
    if (asked.isCut()) {
      // half a request does not tell what the answer owes
      const message = `the request has more than ${limits.bodyBytes} bytes: it was forwarded whole and recorded up to there`
      return {
        kind: 'failure',
        code: 'NOT_RECORDED',
        message: `${message}, its answer ${status || 'that never came'} was not`,
        atMs: endAtMs,
      }
    }
    if (status === 0) return toFailure(error, endAtMs, known)
    const cause = full === undefined ? error : new Stop('stopped', `${full}: forwarded whole, recorded up to there`)
    return {
      kind: 'response',
      status,
      headers: redactHeaders(answerHeaders, known),
      end: cause === undefined ? 'complete' : cause instanceof Stop ? cause.end : 'truncated',
      ...(cause === undefined ? {} : { endReason: cause instanceof Stop ? cause.message : reasonOf(cause) }),
      headersAtMs,
      endAtMs,
      ...redactAnswer(answerHeaders, answered.whole(), { atMs, ends }, known),
    }
  }

  return {
    ask: asked.add,
    head: (code, received) => {
      status = code
      answerHeaders = received
      headersAtMs = performance.now() - sentAt
      const labelled = received.some(([name, value]) => name.toLowerCase() === 'content-type' && /^\s*text\/event-stream/i.test(value))
      watch = createWatch({ endpoint, labelled, eventBytes: limits.eventBytes, events: limits.events })
    },
    part: (part, now) => {
      if (full !== undefined) return
      if (answered.add(part) > 0) {
        atMs.push(now - sentAt)
        ends.push(answered.size())
      }
      full = answered.isCut() ? `more than ${limits.bodyBytes} bytes` : watch?.see(part)
    },
    end: () => {
      endAtMs = performance.now() - sentAt
    },
    exchange: (error) => {
      secrets.learn(answerHeaders, '')
      const known = secrets.known()
      return {
        probe: `proxy/${String(number).padStart(4, '0')}`,
        attempt: 1,
        step: 0,
        try: 1,
        auth: headers.some(([name]) => /^(authorization|api-key|x-api-key)$/i.test(name)) ? 'target' : 'none',
        request: {
          endpoint: redactText(endpoint, known) as Endpoint,
          url: redactText(withoutQueryValues(url), known),
          headers: redactHeaders(headers, known),
          body: redactBytes(asked.whole(), known),
          sentAtMs: sentAt - startedAt,
        },
        outcome: outcome(error, known),
      }
    },
  }
}
