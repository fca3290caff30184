import type { Violation } from '../types.ts'
import { reasoningViolations, strandCodes } from './compare-strand.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import type { Strand, StreamItem } from './read-responses-state.ts'

/** That summary_index is there and an integer is said by the schema. */
export const rreasoningStream = defineCheck({
  id: 'rreasoning-stream',
  summary: 'reasoning streams as parts that are opened, filled, ended and closed',
  codes: ['part-missing', 'part-late', 'not-dense', ...strandCodes],
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
      const summaries = [...item.summaries.values()]
      const thoughts = [...item.parts.values()].filter(({ channel }) => channel === 'reasoning')
      if (item.doneItem?.type !== 'reasoning' && item.addedItem?.type !== 'reasoning' && summaries.length + thoughts.length === 0) continue
      subjects += summaries.length + thoughts.length
      found.push(
        ...reasoningViolations(item),
        ...openings(summaries, '/summary_index'),
        ...openings(thoughts, '/content_index'),
        ...order(item),
      )
    }
    return verdictOf(found.slice(0, 20), subjects, 'no reasoning was streamed')
  },
})

/** The accumulator of openai-node needs the part before its text. */
const openings = (strands: readonly Strand[], pointer: string): readonly Violation[] =>
  strands.flatMap(({ opened, first, index }): Violation[] => {
    if (!opened) return [{ code: 'part-missing', at: at(first, pointer), expected: `part ${index} added`, actual: 'absent' }]
    if (opened === first) return []
    return [{ code: 'part-late', at: at(opened, pointer), expected: `before event ${first.index}`, actual: `event ${opened.index}` }]
  })

/** Content indexes are judged elsewhere, for all parts alike. */
const order = ({ summaries }: StreamItem): readonly Violation[] => {
  let expected = 0
  for (const { index, first } of summaries.values()) {
    if (index !== expected++)
      return [{ code: 'not-dense', at: at(first, '/summary_index'), expected: String(expected - 1), actual: String(index) }]
  }
  return []
}
