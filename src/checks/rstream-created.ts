import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { show, typeName } from './read.ts'
import { readResponses } from './read-responses.ts'
import { responseStatuses } from './read-responses-types.ts'

/** Accumulators of the official SDKs start from the response of this event and append to its output. */
export const rstreamCreated = defineCheck({
  id: 'rstream-created',
  summary: 'response.created comes first, once, and empty',
  codes: ['missing', 'not-first', 'repeated', 'response', 'status', 'output'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream?.first) return unobserved('no event of a Responses stream')
    const [created, again] = stream.openings.filter(({ type }) => type === 'response.created')
    if (!created) {
      if (stream.damaged || stream.untyped) return unobserved('events cannot be read')
      // a request may fail before there is a response
      if (stream.first.type === 'error' || stream.errors.length > 0) return unobserved('the stream reports a failure')
      return verdictOf(
        [{ code: 'missing', at: at(stream.first.event, '/type'), expected: 'response.created', actual: stream.first.type }],
        0,
        '',
      )
    }
    const found: Violation[] = []
    if (created !== stream.first && !stream.damaged) {
      found.push({ code: 'not-first', at: at(created.event, '/type'), expected: 'the first event', actual: `after ${stream.first.type}` })
    }
    if (again) found.push({ code: 'repeated', at: at(again.event, '/type'), expected: 'once', actual: 'again' })
    const { response } = created
    if (!response) found.push({ code: 'response', at: at(created.event, '/response'), expected: 'the response', actual: 'absent' })
    const status = response?.status
    if (responseStatuses.has(status) && status !== 'in_progress' && status !== 'queued') {
      found.push({ code: 'status', at: at(created.event, '/response/status'), expected: 'in_progress or queued', actual: show(status) })
    }
    const output = response?.output
    if (response && !(Array.isArray(output) && output.length === 0)) {
      found.push({
        code: 'output',
        at: at(created.event, '/response/output'),
        expected: '[]',
        actual: output === undefined ? 'absent' : typeName(output),
      })
    }
    return verdictOf(found, 1, '')
  },
})
