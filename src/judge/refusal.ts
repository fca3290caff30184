import type { JsonObject, View } from '../types.ts'
import type { Facts } from './presence.ts'

/** 404, 405 and 501 mean that there is nothing; a 4xx counts when it speaks of the path, the model or the operation. */
export const looksAbsent = (status: number, body: Uint8Array): boolean => {
  if (status === 404 || status === 405 || status === 501) return true
  if (status < 400 || status > 499 || status === 401 || status === 403 || status === 429) return false
  return /not (found|supported|available|implemented)|does not (exist|work|support)|unknown (url|path|endpoint|model)|unsupported (model|operation)|invalid url/i.test(
    Buffer.from(body.subarray(0, 4096)).toString('utf8'),
  )
}

/** Statuses by which a server may decline something it does not offer. */
export const refusalStatuses = [400, 404, 405, 415, 422, 501]

/**
 * The words of an honest refusal of a request that was not wrong on purpose. The status declines it, whatever the body looks
 * like: a missing envelope is a finding of its own.
 * @returns undefined when the answer is no such refusal
 */
export const refusalOf = (view: View): string | undefined =>
  view.breaks !== undefined || !refusalStatuses.includes(view.response.status) ? undefined : wordsOf(view.response.status, view.body)

/** Status and words of a refusal in the forms that are met: `error.message`, `error`, `message`, `detail`, or plain text. */
export const wordsOf = (status: number, body: Uint8Array): string => {
  const text = Buffer.from(body.subarray(0, 65_536)).toString('utf8').trim()
  // pages and event streams are nothing to quote
  const own = /^(<|data:|event:)/.test(text) ? '' : (told(text) ?? '')
  return `${status} ${own.slice(0, 200)}`.trim()
}

const told = (text: string): string | undefined => {
  let body: JsonObject | null
  try {
    body = JSON.parse(text) as JsonObject | null
  } catch {
    return text.startsWith('{') ? undefined : text.split(/[\r\n]/)[0]
  }
  const error = body?.error as JsonObject | string | null | undefined
  const [first] = Array.isArray(body?.detail) ? (body.detail as (JsonObject | null)[]) : []
  const said = [typeof error === 'object' ? error?.message : error, body?.message, body?.detail, first?.msg]
  return said.find((word) => typeof word === 'string')
}

/**
 * Whether a request that asked for no stream was refused for just that, by an endpoint that serves streams only. Such a refusal
 * says nothing of whatever else the request was about.
 */
export const isPlainRefusal = (view: View, { plainRefusals }: Facts): boolean => {
  const words = plainRefusals.get(view.endpoint)
  const { status } = view.response
  if (words === undefined || !refusalStatuses.includes(status) || (view.request as JsonObject | undefined)?.stream === true) return false
  const own = wordsOf(status, view.body)
  return own === words || /stream/i.test(own)
}

/** Whether a request asked for a stream, told by its bytes. */
export const asksForStream = (body: Uint8Array): boolean => {
  try {
    return (JSON.parse(Buffer.from(body).toString('utf8')) as { stream?: unknown } | null)?.stream === true
  } catch {
    return false
  }
}
