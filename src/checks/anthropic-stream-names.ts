import type { SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asInteger, isDone, show } from './read.ts'
import { type StreamedEvent, streamOf } from './read-messages.ts'

export const anthropicStreamNames = defineCheck({
  id: 'anthropic-stream-names',
  summary: 'event names are the types, block indexes count from 0, and there is no sentinel',
  codes: ['event-missing', 'event-name', 'index-gap', 'index-other', 'sentinel'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = streamOf(view)
    if (!stream) return unobserved('not a stream')
    const violations = [...nameViolations(stream.events), ...(stream.damaged ? [] : indexViolations(stream.events))]
    const done = view.events.find(isDone)
    if (done) violations.push({ code: 'sentinel', at: at(done), expected: 'message_stop as the end', actual: '[DONE]' })
    return verdictOf(violations, stream.events.length, 'no event')
  },
})

const nameViolations = (events: readonly StreamedEvent[]): Violation[] => {
  let unnamed: SseEvent | undefined
  let misnamed: StreamedEvent | undefined
  for (const streamed of events) {
    if (streamed.event.event === undefined) unnamed ??= streamed.event
    else if (streamed.event.event !== streamed.type) misnamed ??= streamed
  }
  return [
    ...(unnamed ? [{ code: 'event-missing', at: at(unnamed), expected: 'an event field', actual: 'absent' }] : []),
    ...(misnamed ? [{ code: 'event-name', at: at(misnamed.event), expected: misnamed.type, actual: show(misnamed.event.event) }] : []),
  ]
}

/** That blocks are open when something is about them is a matter of the order; here is which of them it is about. */
const indexViolations = (events: readonly StreamedEvent[]): Violation[] => {
  const found = new Map<string, Violation>()
  const open = new Set<number>()
  let next = 0
  for (const { event, data, type } of events) {
    const index = asInteger(data.index)
    if (index === undefined) continue
    const say = (code: string, expected: string) => {
      if (!found.has(code)) found.set(code, { code, at: at(event, '/index'), expected, actual: String(index) })
    }
    if (type === 'content_block_start') {
      if (index !== next) say('index-gap', String(next))
      next = index + 1
      open.add(index)
    } else if (type === 'content_block_delta' || type === 'content_block_stop') {
      if (!open.has(index) && open.size > 0) {
        say('index-other', [...open].join(' or '))
        if (type === 'content_block_stop') open.clear()
      } else if (type === 'content_block_stop') open.delete(index)
    }
  }
  return [...found.values()]
}
