import type { Headers, Response, TransportFailure } from '../types.ts'

/** Sends of one request when the endpoint asks for patience, the first included. */
export const maxTries = 4

/** Milliseconds that we are ready to wait for one try. */
const longestWait = 60_000

/**
 * How long to wait before the same request is sent again; undefined when it must not be.
 * Only 429 and 503 are paced (RFC 6585 section 4, RFC 9110 section 15.6.4); nothing else is ever sent again.
 * @param tries how often the request was sent so far
 * @param random a number from 0 to 1, for the jitter where there is no header
 */
export const waitBefore = (outcome: Response | TransportFailure, tries: number, random: number): number | undefined => {
  if (outcome.kind !== 'response' || (outcome.status !== 429 && outcome.status !== 503) || tries >= maxTries) return undefined
  const asked = retryAfter(outcome.headers, Date.now())
  if (asked !== undefined) return asked > longestWait ? undefined : asked
  return 1000 * 2 ** (tries - 1) * (0.5 + random / 2)
}

/** Milliseconds from `retry-after-ms` or `Retry-After` (RFC 9110 section 10.2.3: seconds or an HTTP date). */
export const retryAfter = (headers: Headers, nowMs: number): number | undefined => {
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1].trim()
  const milliseconds = count(value('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const header = value('retry-after')
  const seconds = count(header)
  if (seconds !== undefined) return seconds * 1000
  // Date.parse finds dates in the oddest words, so the day must come first, as in all three forms of RFC 9110 section 5.6.7
  if (header === undefined || !/^(mon|tue|wed|thu|fri|sat|sun)/i.test(header)) return undefined
  const date = Date.parse(/gmt$/i.test(header) ? header : `${header} GMT`)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs)
}

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
