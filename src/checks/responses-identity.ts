import type { View, Violation } from '../types.ts'
import { defineCheck, inCompletion, verdictOf } from './define-check.ts'
import { asObject, headerValue, show, typeName } from './read.ts'

const day = 24 * 60 * 60

/**
 * Over the run, because only then a repeated id shows. A lifecycle event that differs from the reply is judged by the
 * requirements of the stream.
 */
export const responsesIdentity = defineCheck({
  id: 'responses-identity',
  summary: 'a reply names itself: object, an id of its own, when it was made and by which model',
  codes: ['object', 'id', 'repeated-id', 'created-at', 'model'],
  needs: 'any',
  over: 'run',
  judge(views) {
    const found: Violation[] = []
    const seen = new Set<string>()
    let subjects = 0
    for (const [position, view] of views.entries()) {
      const reply = asObject(view.completion)
      // a cut stream, a disguised failure or something else entirely has requirements of its own
      if (!reply || view.response.end !== 'complete' || !isReply(reply)) continue
      subjects++
      if (found.length >= 20) break
      const add = (code: string, member: string, expected: string, actual = show(reply[member])) =>
        found.push({ code, at: inCompletion(`/${member}`), expected, actual, view: position })
      const { id, object, model } = reply
      if (object !== 'response') add('object', 'object', '"response"')
      // the members of another object have other names
      if (typeof object === 'string' && object !== 'response') continue
      if (typeof id !== 'string' || id === '') {
        // in a stream it is looked for in all events that show the response
        if (!view.streamed) add('id', 'id', 'a non-empty string')
      } else if (seen.has(id)) add('repeated-id', 'id', 'a new id for each reply')
      else seen.add(id)
      if (typeof model !== 'string' || model === '') add('model', 'model', 'a non-empty string')
      const time = timeViolation(reply.created_at, view)
      if (time) add('created-at', 'created_at', time)
    }
    return verdictOf(found, subjects, 'no reply')
  },
})

const isReply = (reply: Readonly<Record<string, unknown>>): boolean =>
  reply.output !== undefined || reply.status !== undefined || reply.object !== undefined

/** Milliseconds instead of seconds is what a time that is far off usually is. */
const timeViolation = (created: unknown, view: View): string | undefined => {
  if (typeof created !== 'number') return `a number of seconds, not ${typeName(created)}`
  const date = Date.parse(headerValue(view.response.headers, 'date') ?? '') / 1000
  if (Number.isNaN(date)) return created < 1e11 ? undefined : 'seconds since 1970'
  return Math.abs(created - date) <= day ? undefined : `within a day of ${Math.round(date)}`
}
