import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf, violated } from './define-check.ts'
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
    const [first] = lifecycle
    if (!first) return unobserved('no event shows the response')
    if (id === undefined) {
      return violated({
        code: 'missing',
        at: at(first.event, '/response/id'),
        expected: 'a non-empty string',
        actual: show(first.response?.id),
      })
    }
    const found: Violation[] = []
    for (const [position, { event, type, response }] of lifecycle.entries()) {
      // a first or last event without its response has a requirement of its own
      if (ids[position] === id || (!response && type !== 'response.in_progress' && type !== 'response.queued')) continue
      const code = ids[position] === '' ? 'missing' : 'changed'
      found.push({ code, at: at(event, '/response/id'), expected: show(id), actual: show(response?.id) })
    }
    return verdictOf(found.slice(0, 20), ids.filter((value) => value !== '').length, '')
  },
})
