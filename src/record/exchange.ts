import { setTimeout as sleep } from 'node:timers/promises'
import { type Target, wrongKey } from '../target/target.ts'
import type { Lone } from '../transport/connection.ts'
import { waitBefore } from '../transport/pace.ts'
import { redactBytes, redactHeaders, redactText } from '../transport/redact.ts'
import type { Outgoing, Transport } from '../transport/send.ts'
import type { Exchange } from '../types.ts'

/** Where a request belongs. */
type Address = Pick<Exchange, 'probe' | 'attempt' | 'step' | 'copy' | 'auth'>

export interface Recorder {
  /**
   * Sends a request, again while the endpoint asks for patience, and hands every try to `onExchange`.
   * @param line a connection of its own, when the probe asks for one
   * @returns the last try; undefined when nothing was sent any more
   */
  record(address: Address, outgoing: Outgoing, line?: Lone): Promise<Exchange | undefined>
}

export interface RecorderInput {
  readonly target: Target
  readonly transport: Transport
  readonly onExchange: (exchange: Exchange) => void
  readonly signal: AbortSignal
  /** Asked before each send; false when a budget is used up. */
  readonly admit: () => boolean
}

/** Records one target: secrets are replaced before anything else sees the bytes. */
export const createRecorder = ({ target, transport, onExchange, signal, admit }: RecorderInput): Recorder => {
  const startedAt = performance.now()
  const rate = createRate(target.rps)
  return {
    record: async (address, outgoing, line) => {
      let last: Exchange | undefined
      for (let count = 1; ; count++) {
        await rate(signal)
        if (signal.aborted || !admit()) return last
        const sentAtMs = performance.now() - startedAt
        const outcome = await (line ?? transport).send(outgoing, signal)
        last = {
          ...address,
          try: count,
          request: {
            endpoint: outgoing.endpoint,
            url: redactText(outgoing.url, target.secrets),
            headers: redactHeaders(outgoing.headers, target.secrets, [wrongKey]),
            body: redactBytes(outgoing.body ?? new Uint8Array(), target.secrets),
            sentAtMs,
            ...(line === undefined ? {} : { connection: line.connection() }),
          },
          outcome,
        }
        onExchange(last)
        const wait = waitBefore(outcome, count, Math.random())
        if (wait === undefined) return last
        await sleep(wait, undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

/** At most `rps` requests per second, evenly spaced. */
const createRate = (rps: number): ((signal: AbortSignal) => Promise<void>) => {
  let next = 0
  return async (signal) => {
    if (rps <= 0) return
    const now = performance.now()
    next = Math.max(now, next)
    const wait = next - now
    next += 1000 / rps
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined)
  }
}
