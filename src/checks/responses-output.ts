import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf, violated } from './define-check.ts'
import { asArray, asObject, asString, show } from './read.ts'
import { readResponses } from './read-responses.ts'

/** That it is an array, and that its items have a type and an id, is said by the schema. */
export const responsesOutput = defineCheck({
  id: 'responses-output',
  summary: 'no item id occurs twice in a reply',
  codes: ['missing', 'repeated'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (view.streamed && !readResponses(view)?.terminal) return unobserved('no terminal event')
    const reply = asObject(view.completion)
    // in a stream this is what the terminal event lacks
    if (reply?.object === 'response' && reply.output === undefined && !view.streamed) {
      return violated({ code: 'missing', at: inCompletion('/output'), expected: 'an array', actual: 'absent' })
    }
    const output = asArray(reply?.output)
    if (!output) return unobserved('no output')
    const seen = new Set<string>()
    const found: Violation[] = []
    for (const [index, item] of output.entries()) {
      const id = asString(asObject(item)?.id)
      if (id === undefined || id === '') continue
      if (seen.has(id) && found.length < 20)
        found.push({ code: 'repeated', at: inCompletion(`/output/${index}/id`), expected: 'an id of its own', actual: show(id) })
      seen.add(id)
    }
    return verdictOf(found, 1, '')
  },
})
