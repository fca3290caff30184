import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asString, show } from './read.ts'
import { readResponses } from './read-responses.ts'

export const rstreamResponseId = defineCheck({
  id: 'rstream-response-id',
  summary: 'all lifecycle events carry the same response id',
  codes: ['changed', 'missing'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream) return unobserved('not a stream')
    const lifecycle = stream.terminal ? [...stream.openings, stream.terminal] : stream.openings
    const ids = lifecycle.map(({ response }) => asString(response?.id) ?? '')
    const id = ids.find((value) => value !== '')
    // an id that is nowhere is missing from the reply itself, which is another requirement
    if (id === undefined) return unobserved('no event has a response id')
    const found: Violation[] = []
    for (const [position, { event, response }] of lifecycle.entries()) {
      if (!response || ids[position] === id) continue
      const place = at(event, '/response/id')
      if (ids[position] !== '') found.push({ code: 'changed', at: place, expected: show(id), actual: show(ids[position]) })
      else if (lifecycle[position] !== stream.terminal)
        found.push({ code: 'missing', at: place, expected: show(id), actual: show(response.id) })
    }
    return verdictOf(found.slice(0, 20), ids.filter((value) => value !== '').length, '')
  },
})
