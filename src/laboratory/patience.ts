import { type LabEndpoint, repeatsOf } from './endpoint.ts'

/** Where no request is repeated, nothing comes of a turn that does nothing for so long. */
const shortMs = 25_000
/** Clients that retry take up to 70 seconds to give up. */
export const longMs = 90_000
/** A program that starts on a busy machine. */
const startMs = 60_000

export interface Waited {
  readonly totalMs: number
  /** Since the last request, or since the start. */
  readonly idleMs: number
  readonly requests: number
  readonly repeated: number
}

/** Whether a turn has had its time. */
export const isOver = ({ totalMs, idleMs, requests, repeated }: Waited): boolean =>
  totalMs >= longMs || (requests === 0 ? idleMs >= startMs : repeated === 0 && idleMs >= shortMs)

/** @returns how long a turn, which begins now, has waited when it is asked */
export const waitingOn = (endpoint: Pick<LabEndpoint, 'requested'>): (() => Waited) => {
  const started = performance.now()
  let since = started
  let asked = 0
  return () => {
    const now = performance.now()
    const requests = endpoint.requested.length
    if (requests !== asked) since = now
    asked = requests
    return { totalMs: now - started, idleMs: now - since, requests, repeated: repeatsOf(endpoint) }
  }
}
