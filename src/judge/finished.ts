import type { JsonObject, SseEvent, View } from '../types.ts'

/** Whether an answer came to its end: neither cut, nor broken off by a failure that was told inside the stream. */
export const isFinished = ({ response: { end }, streamed, events }: View): boolean =>
  (end === 'complete' || end === 'stopped') && !(streamed && events.some(isFailure))

/** In the forms that are met: a named event, an `error` instead of or beside a choice, and the failed response of the Responses API. */
const isFailure = ({ event, json }: SseEvent): boolean => {
  if (event === 'error') return true
  if (typeof json !== 'object' || json === null) return false
  const { error, type, choices } = json as JsonObject
  if (type === 'error' || type === 'response.failed') return true
  if (!Array.isArray(choices) || choices.length === 0) return Boolean(error)
  // beside a choice, where some members are always there, it has to say what failed
  return Boolean((error as JsonObject | null | undefined)?.message) || choices.some((choice) => choice?.finish_reason === 'error')
}
