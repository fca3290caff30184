import type { Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asInteger, asString, show } from './read.ts'
import { eachChunk } from './read-chat.ts'

export const streamCreatedStable = defineCheck({
  id: 'stream-created-stable',
  summary: 'all chunks of a stream have one time and one model',
  codes: ['created-changes', 'model-changes'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    let created: number | undefined
    let model: string | undefined
    let subjects = 0
    const violations = new Map<string, Violation>()
    eachChunk(view, (chunk, event) => {
      const [time, name] = [asInteger(chunk.created), asString(chunk.model)]
      if (time === undefined && !name) return
      subjects++
      created ??= time
      if (time !== undefined && time !== created && !violations.has('created')) {
        violations.set('created', { code: 'created-changes', at: at(event, '/created'), expected: String(created), actual: String(time) })
      }
      if (!name) return
      model ??= name
      if (name !== model && !violations.has('model')) {
        violations.set('model', { code: 'model-changes', at: at(event, '/model'), expected: show(model), actual: show(name) })
      }
    })
    return verdictOf([...violations.values()], subjects, 'no chunk with a time or a model')
  },
})
