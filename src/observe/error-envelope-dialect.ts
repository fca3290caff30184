import { bodyOf, isBusy, isUnreadable } from '../checks/failure.ts'
import { asObject } from '../checks/read.ts'
import type { Observer, View } from '../types.ts'
import { isWhole } from './votes.ts'

/** What a router or a server in front of the API answers is no word of the API. */
const routed = new Set<string | undefined>(['path', 'method', 'media-type'])

/** HEAD and OPTIONS have no body; a Messages endpoint speaks the dialect of Anthropic, as it should. */
const spoken = /^(GET|POST|DELETE) \/(?!messages\b)/

const isRefusal = ({ response: { status }, breaks, endpoint }: View): boolean =>
  status >= 400 && status <= 499 && !isBusy(status) && !routed.has(breaks) && spoken.test(endpoint)

const dialectOf = (body: unknown): string | undefined => {
  if (body === undefined) return 'text'
  if (Array.isArray(body)) return 'list'
  const object = asObject(body)
  if (!object) return 'text'
  const error = asObject(object.error)
  if (error) return object.type === 'error' ? 'anthropic' : 'openai'
  if (typeof object.error === 'string') return 'string'
  if (object.detail !== undefined) return 'detail'
  return typeof object.message === 'string' ? 'flat' : undefined
}

export const errorEnvelopeDialect: Observer = {
  id: 'error-envelope-dialect',
  summary: 'compares the bodies of refusals with the forms that are known',
  sees: (view) => (isRefusal(view) && isWhole(view) && !isUnreadable(view) ? dialectOf(bodyOf(view)) : undefined),
  decide: (votes) => (votes.size > 1 ? 'mixed' : [...votes.keys()][0]),
}
