/** The ways in which a turn goes, as somebody sees them who sits before a client. */
export const shapes = ['works', 'tool-error', 'silent', 'error', 'retries', 'loops', 'hangs'] as const
export type Shape = (typeof shapes)[number]

export interface Observed {
  readonly shape: Shape
  /** The client's own words, cut. */
  readonly error?: string
  readonly requests: number
  readonly ms: number
}

/** What a client did in one turn, before it is named. */
export interface TurnSeen {
  readonly requests: number
  /** Requests that were sent again, byte for byte. */
  readonly repeated: number
  readonly capped: boolean
  readonly timedOut: boolean
  readonly ms: number
  readonly error?: string
  readonly text: string
  readonly toolsDone: number
  readonly toolsFailed: number
  /** Calls that the model made. */
  readonly spoken: number
}

export const nameTurn = (seen: TurnSeen): Observed => {
  const { requests, ms } = seen
  const told = { requests, ms, ...(seen.error === undefined ? {} : { error: seen.error.slice(0, 200) }) }
  if (seen.capped) return { ...told, shape: 'loops' }
  // a client that gives up at once may have sent a request twice for other reasons; five tries are a policy
  if (seen.repeated >= 2 && (seen.error !== undefined || seen.timedOut)) return { ...told, shape: 'retries' }
  // on a slow machine a loop may not come as far as the cap
  if (seen.timedOut) return { ...told, shape: requests > 5 ? 'loops' : 'hangs' }
  if (seen.error !== undefined) return { ...told, shape: 'error' }
  if (seen.toolsDone + seen.toolsFailed < seen.spoken || seen.text.trim() === '') return { ...told, shape: 'silent' }
  return { ...told, shape: seen.toolsFailed > 0 ? 'tool-error' : 'works' }
}
