import type { Traits, View } from '../types.ts'
import { bodyOf, envelopeViolation, isErrorAsStream, isUnreadable, startsLikeJson } from './failure.ts'

/**
 * Which requirement owns the body of a failure. Every failing answer has one situation at most,
 * so that a missing envelope is one finding and not one per requirement that mentions it.
 */
export type Situation = 'refusal' | 'unknown-path' | 'refused-key' | 'throttling' | 'server-fault'

/** @returns undefined when nothing is owed, or when another requirement owns whatever is wrong */
export const situationOf = (view: View, traits: Traits): Situation | undefined => {
  const { status } = view.response
  if (status < 400 || status > 599 || /^(HEAD|OPTIONS) /.test(view.endpoint)) return undefined
  if (isUnreadable(view) || isErrorAsStream(view)) return undefined
  // a JSON body that is cut or followed by something is no question of the envelope
  if (bodyOf(view) === undefined && startsLikeJson(view)) return undefined
  if (status >= 500) return 'server-fault'
  if (status === 429) return 'throttling'
  if (view.breaks === 'path') return status === 404 ? 'unknown-path' : undefined
  if (view.breaks === 'method') return undefined
  if (status === 401 && view.auth !== 'target') return 'refused-key'
  if ((status === 404 || status === 405) && mayLackRoute(view, traits)) return undefined
  return 'refusal'
}

/** A 404 may come from a router that never heard of the resource; such an answer is an unknown path, not a refusal. */
const mayLackRoute = ({ endpoint }: View, traits: Traits): boolean => {
  if (endpoint === 'POST /chat/completions') return !traits.has('chat')
  if (endpoint === 'POST /responses') return !traits.has('responses')
  if (endpoint === 'POST /embeddings') return !traits.has('embeddings')
  if (endpoint === 'POST /completions') return !traits.has('completions')
  return true
}

/** Whether refusals in general lack the envelope: then that is the one defect, wherever else it shows. */
export const lackEnvelope = (views: readonly View[], traits: Traits): boolean =>
  views.some((view) => view.response.end === 'complete' && situationOf(view, traits) === 'refusal' && envelopeViolation(view) !== undefined)
