import type { JsonObject, SseEvent, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asObject, show } from './read.ts'
import { hasFailed, readResponses } from './read-responses.ts'
import type { ResponseEvent } from './read-responses-state.ts'
import { responseStatuses } from './read-responses-types.ts'

/** openapi.yaml (ResponseErrorEvent) has code, message and param at top level, the service nests them under `error`. */
export const rstreamError = defineCheck({
  id: 'rstream-error',
  summary: 'a failure is an error event and then response.failed, both with a message',
  codes: ['type', 'message', 'failed-missing', 'status', 'error'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream || !hasFailed(stream)) return unobserved('no failure was seen')
    const { errors, terminal } = stream
    const found: Violation[] = errors.flatMap(({ event, data }) => errorViolations(event, data))
    if (terminal?.type === 'response.failed') found.push(...failedViolations(terminal))
    else if (errors[0]) {
      const { event } = errors[0]
      found.push({
        code: 'failed-missing',
        at: at(terminal?.event ?? event),
        expected: 'response.failed',
        actual: terminal?.type ?? 'absent',
      })
    }
    // one answer per failure: an event without a type is not followed by anything either
    return verdictOf(found.some(({ code }) => code === 'type') ? found.filter(({ code }) => code === 'type') : found, 1, '')
  },
})

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

const errorViolations = (event: SseEvent, data: JsonObject): readonly Violation[] => {
  if (data.type !== 'error') return [{ code: 'type', at: at(event, '/type'), expected: '"error"', actual: 'absent' }]
  const nested = asObject(data.error)
  if (isText(data.message) || isText(nested?.message)) return []
  const pointer = nested ? '/error/message' : '/message'
  return [{ code: 'message', at: at(event, pointer), expected: 'a non-empty string', actual: show(nested ? nested.message : data.message) }]
}

const failedViolations = ({ event, response }: ResponseEvent): readonly Violation[] => {
  if (!response) return []
  const found: Violation[] = []
  if (responseStatuses.has(response.status) && response.status !== 'failed') {
    found.push({ code: 'status', at: at(event, '/response/status'), expected: '"failed"', actual: show(response.status) })
  }
  const error = asObject(response.error)
  for (const member of ['code', 'message']) {
    if (isText(error?.[member])) continue
    found.push({
      code: 'error',
      at: at(event, error ? `/response/error/${member}` : '/response/error'),
      expected: 'code and message',
      actual: show(error ? error[member] : response.error),
    })
    break
  }
  return found
}
