import type { Exchange } from '../types.ts'

/** Headers that carry a key; what the record has replaced was a secret under any other name. */
const carriesKey = ([name, value]: readonly [string, string]): boolean =>
  /^(authorization|api-key|x-api-key|cookie)$/i.test(name) || value.includes('[redacted]')

/** What a 401 or 403 says of the key: a request without one was not refused for a wrong one. */
export const refusedKey = ({ request, outcome }: Exchange): string | undefined => {
  if (outcome.kind !== 'response' || (outcome.status !== 401 && outcome.status !== 403)) return undefined
  return request.headers.some(carriesKey) || request.url.includes('[redacted]')
    ? `the key was refused with ${outcome.status}`
    : `${noKeyGiven}, and the answer was ${outcome.status}`
}

export const noKeyGiven = 'no key was given'
