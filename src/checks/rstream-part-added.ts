import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show } from './read.ts'
import { blindness, orderedItems, readResponses, strayPart } from './read-responses.ts'
import type { Strand } from './read-responses-state.ts'

/** The accumulators of openai-node and openai-python throw on a delta whose part does not exist yet. */
export const rstreamPartAdded = defineCheck({
  id: 'rstream-part-added',
  summary: 'each part is announced, empty, before its text',
  codes: ['missing', 'late', 'repeated', 'not-empty'],
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
      for (const strand of item.parts.values()) {
        // raw reasoning has a requirement of its own
        if (strand.channel === 'reasoning') continue
        subjects++
        found.push(...partViolations(strand))
      }
    }
    return verdictOf(found.slice(0, 20), subjects, 'no part of a message was streamed')
  },
})

const partViolations = ({ opened, openedAgain, openedText, first, index }: Strand): readonly Violation[] => {
  if (!opened)
    return [{ code: 'missing', at: at(first, '/content_index'), expected: `content_part.added for part ${index}`, actual: 'absent' }]
  const found: Violation[] = []
  if (opened !== first)
    found.push({ code: 'late', at: at(opened, '/content_index'), expected: `before event ${first.index}`, actual: `event ${opened.index}` })
  if (openedAgain) found.push({ code: 'repeated', at: at(openedAgain, '/content_index'), expected: 'once', actual: 'again' })
  if (openedText) found.push({ code: 'not-empty', at: at(opened, '/part/text'), expected: '""', actual: show(openedText) })
  return found
}
