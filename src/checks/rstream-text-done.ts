import type { Violation } from '../types.ts'
import { messageViolations, strandCodes } from './compare-strand.ts'
import { defineCheck, unobserved, verdictOf } from './define-check.ts'
import { blindness, orderedItems, readResponses, strayPart } from './read-responses.ts'

export const rstreamTextDone = defineCheck({
  id: 'rstream-text-done',
  summary: 'deltas, done text, closed part and done item hold the same string',
  codes: strandCodes,
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    const blind = blindness(stream)
    if (!stream || blind) return unobserved(blind ?? '')
    if (stream.unparted) return unobserved('events do not say to which part they belong')
    const found: Violation[] = []
    let subjects = 0
    for (const item of orderedItems(stream)) {
      if (strayPart(item)) continue
      found.push(...messageViolations(item))
      for (const { channel, ended } of item.parts.values()) if (channel !== 'reasoning' && ended) subjects++
    }
    return verdictOf(found.slice(0, 20), subjects, 'no text was streamed')
  },
})
