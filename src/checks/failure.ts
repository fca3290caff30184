import type { JsonObject, Outcome, SseEvent, View, Violation } from '../types.ts'
import { held, inBody, unobserved, violated } from './define-check.ts'
import { asObject, asString, show, typeName } from './read.ts'

// What several checks need to know of answers that are failures, so that all of them draw the same line.

export const isSuccess = ({ response: { status } }: View): boolean => status >= 200 && status <= 299

/** Overload says nothing about the request: 529 is what some gateways send instead of 503. */
export const isBusy = (status: number): boolean => status === 408 || status === 429 || status === 503 || status === 529

const encoded = ({ response }: View): boolean =>
  response.headers.some(([name, value]) => name.toLowerCase() === 'content-encoding' && value.trim().toLowerCase() !== 'identity')

/** The body came in a content coding that could not be undone: what it says cannot be judged. */
export const isUnreadable = (view: View): boolean => view.json === undefined && view.body === view.response.body && encoded(view)

const whitespace = new Set([9, 10, 13, 32])

/** Whether the body starts like a JSON object or array, whatever its label says and whatever follows. */
export const startsLikeJson = ({ body }: View): boolean => {
  let at = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0
  while (whitespace.has(body[at] ?? 0)) at++
  return body[at] === 0x7b || body[at] === 0x5b
}

/** The JSON of a body that is not a stream, also when it is labelled as one: the label is a defect of its own. */
export const bodyOf = (view: View): unknown => {
  if (!view.streamed || !startsLikeJson(view)) return view.json
  try {
    return JSON.parse(new TextDecoder().decode(view.body)) as unknown
  } catch {
    return undefined
  }
}

/** The `error` member, when the answer has the envelope. */
export const errorOf = (view: View): JsonObject | undefined => asObject(asObject(bodyOf(view))?.error)

/** A refusal of the Accept header, by its status or by its words. */
export const isAcceptRefusal = (view: View): boolean => {
  const { status } = view.response
  if (status === 406) return true
  if (status !== 400 && status !== 415 && status !== 422) return false
  const error = errorOf(view)
  return String(error?.param).toLowerCase() === 'accept' || /\btext\/event-stream\b/i.test(String(error?.message))
}

/** A refusal of streaming as such, by the member it names or by its words: without `stream` the same request may be served. */
export const isStreamRefusal = (view: View): boolean => {
  const { status } = view.response
  if (asObject(view.request)?.stream !== true || ((status < 400 || status > 499) && status !== 501)) return false
  const error = errorOf(view)
  return error?.param === 'stream' || /\bstream(s|ed|ing)?\b.*\b(not|un)/i.test(String(error?.message))
}

/** What is wrong with the envelope `{error: {message}}` of a failure; undefined when nothing is. */
export const envelopeViolation = (view: View): Violation | undefined => {
  const body = bodyOf(view)
  const expected = '{"error":{"message":…}}'
  if (body === undefined) {
    const actual = view.body.byteLength === 0 ? 'empty body' : `${view.mediaType || 'no media type'}, not JSON`
    return { code: 'not-json', at: inBody(), expected, actual }
  }
  const object = asObject(body)
  if (!object) return { code: 'not-object', at: inBody(), expected, actual: typeName(body) }
  if (!asObject(object.error)) return { code: 'no-envelope', at: inBody(), expected, actual: show(body) }
  return undefined
}

/** What is wrong with `error.message`, given the envelope. */
export const messageViolation = (error: JsonObject): Violation | undefined => {
  const { message } = error
  if (typeof message === 'string' && message.trim() !== '') return undefined
  return { code: 'no-message', at: inBody('/error/message'), expected: 'a non-empty string', actual: show(message) }
}

/** A top-level error that stands in place of a result. A Responses object that has failed is a result. */
const isErrorObject = (value: JsonObject): boolean => {
  if (value.object === 'error' && value.choices === undefined) return true
  const { error } = value
  if (error === undefined || error === null || error === '' || error === false) return false
  return value.object === undefined && value.choices === undefined
}

/** Words about a failure in place of JSON; a chunk that is merely broken starts with a brace. */
export const isErrorText = (data: string): boolean => /^[^{[]*\b(error|exception|overloaded|failed|unavailable)\b/i.test(data.slice(0, 500))

/** An event that reports a failure, in whatever form. */
export const isErrorEvent = ({ event, json, data }: SseEvent): boolean => {
  const object = asObject(json)
  if (!object) return event === 'error' || (data !== undefined && isErrorText(data))
  return isErrorObject(object) || object.type === 'error' || (event === 'error' && object.choices === undefined)
}

const carriesResult = ({ json }: SseEvent): boolean => {
  const object = asObject(json)
  return object !== undefined && (Array.isArray(object.choices) || /^(response\.output|message_start$)/.test(asString(object.type) ?? ''))
}

/** A failure under a success status: the body says error and there is no result beside it. */
export const isDisguisedFailure = (view: View): boolean => {
  if (!isSuccess(view)) return false
  if (view.streamed && view.events.length > 0) return view.events.some(isErrorEvent) && !view.events.some(carriesResult)
  const object = asObject(bodyOf(view))
  return object !== undefined && isErrorObject(object)
}

/** A refused stream whose error came as an event stream, so that clients that expect a JSON body see nothing. */
export const isErrorAsStream = (view: View): boolean => view.response.status >= 400 && view.streamed && !startsLikeJson(view)

export interface StatusArgs {
  readonly is: readonly number[]
  /** Statuses that are accepted and noted. */
  readonly also?: readonly number[]
}

/** Where the status itself is the subject, neither a redirect nor an error body beside 200 is somebody else's business. */
const aboutRouting = new Set<string | undefined>(['path', 'method', 'key'])

/** Whether the requirement about what was broken owns a failure that is dressed as success, and not the status class. */
export const ownsDisguise = ({ breaks }: View): boolean => aboutRouting.has(breaks)

/**
 * Compares the status with those that are owed.
 * Overload, a refused key, and mostly a redirect or a failure dressed as success are the business of other requirements.
 */
export const judgeStatus = (view: View, { is, also = [] }: StatusArgs): Outcome => {
  const { status } = view.response
  const owns = ownsDisguise(view)
  const isDisguised = isDisguisedFailure(view)
  if (isDisguised && !owns) return unobserved('a failure was answered with a success status')
  const expected = is.join(' or ')
  if (!isDisguised && is.includes(status)) return held(1)
  if (!isDisguised && also.includes(status)) return held(1, [{ code: 'lenient', at: { in: 'status' }, expected, actual: String(status) }])
  if (isBusy(status)) return unobserved(`answered ${status}`)
  if (status >= 300 && status <= 399 && !owns) return unobserved(`redirected with ${status}`)
  const aboutKeys = [...is, ...also].some((wanted) => wanted === 401 || wanted === 403)
  if ((status === 401 || status === 403) && !aboutKeys) return unobserved(`answered ${status}`)
  return violated({ code: 'status', at: { in: 'status' }, expected, actual: String(status) })
}

/** For `args` of checks that take statuses. */
export const statusArgs = {
  type: 'object',
  required: ['is'],
  additionalProperties: false,
  properties: {
    is: { type: 'array', items: { type: 'integer', minimum: 100, maximum: 599 }, minItems: 1 },
    also: { type: 'array', items: { type: 'integer', minimum: 100, maximum: 599 } },
  },
} as const
