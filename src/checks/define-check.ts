import type { Check, JsonPointer, Locus, Outcome, Span, SseEvent, Violation } from '../types.ts'

/** Gives a check its argument type without naming it twice. */
export const defineCheck = <Args = undefined>(check: Check<Args>): Check<Args> => check

/**
 * The obligation was seen and met.
 * @param subjects how many things were looked at; nothing seen is `unobserved`, never `held(0)`
 * @param notes what is worth reporting without blame; booked at level `may`
 */
export const held = (subjects: number, notes: readonly Violation[] = []): Outcome => {
  if (subjects < 1) throw new RangeError('held(0) does not exist: answer unobserved')
  return notes.length > 0 ? { kind: 'held', subjects, notes } : { kind: 'held', subjects }
}

export const unobserved = (reason: string): Outcome => ({ kind: 'unobserved', reason })

export const violated = (first: Violation, ...rest: Violation[]): Outcome => ({ kind: 'violated', violations: [first, ...rest] })

/** Violated when there is any violation; else held over `subjects`; else unobserved for `reason`. */
export const verdictOf = (violations: readonly Violation[], subjects: number, reason: string): Outcome => {
  const [first, ...rest] = violations
  if (first) return violated(first, ...rest)
  return subjects > 0 ? held(subjects) : unobserved(reason)
}

/** Where an event stands in the body. */
export const spanOf = ({ from, to }: SseEvent): Span => [from, to]

/** A place inside the data of an event. */
export const at = (event: SseEvent, pointer: JsonPointer = ''): Locus => ({
  in: 'event',
  index: event.index,
  bytes: spanOf(event),
  pointer,
})

/** A place inside a JSON body. */
export const inBody = (pointer: JsonPointer = ''): Locus => ({ in: 'body', pointer })

/** A place inside the folded completion: use it when JSON and stream are judged alike. */
export const inCompletion = (pointer: JsonPointer = ''): Locus => ({ in: 'completion', pointer })

export const inHeader = (name: string): Locus => ({ in: 'header', name: name.toLowerCase() })
