import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asObject, asString, declaredTools, show } from './read.ts'
import { isDisguisedCall, isForced, markupIn, mayBeCut, settledOutput } from './settled-output.ts'
import { parsesToObject } from './tool-arguments.ts'

/** That a call has its members, as strings, is said by the schema. */
export const rtoolsCall = defineCheck({
  id: 'rtools-call',
  summary: 'a call names a declared function, and its arguments are a JSON object',
  codes: ['type', 'leaked', 'name', 'arguments', 'repeated-call-id'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const reply = asObject(view.completion)
    const output = settledOutput(view)
    if (!reply || !output) return unobserved('no reply')
    const declared = declaredTools(view)
    const found: Violation[] = []
    const ids = new Map<string, unknown>()
    let subjects = 0
    for (const [index, item] of output.entries()) {
      if (found.length >= 20) break
      if (item && isDisguisedCall(item)) {
        found.push({ code: 'type', at: inCompletion(`/output/${index}/type`), expected: '"function_call"', actual: show(item.type) })
      }
      const markup = isForced(view) ? markupIn(item) : undefined
      if (markup)
        found.push({ code: 'leaked', at: inCompletion(`/output/${index}/content`), expected: 'a function_call', actual: show(markup) })
      if (item?.type !== 'function_call') continue
      const [name, id, text] = [asString(item.name), asString(item.call_id), asString(item.arguments)]
      const place = (member: string) => inCompletion(`/output/${index}/${member}`)
      if (name && !declared.includes(name)) found.push({ code: 'name', at: place('name'), expected: show(declared), actual: show(name) })
      if (id && ids.has(id) && ids.get(id) !== item.id)
        found.push({ code: 'repeated-call-id', at: place('call_id'), expected: 'an id of its own', actual: show(id) })
      if (id) ids.set(id, item.id)
      subjects++
      // a free model may write anything; a forced call is written by the server
      if (text === undefined || !isForced(view) || item.status === 'incomplete' || mayBeCut(view)) continue
      if (!parsesToObject(text)) found.push({ code: 'arguments', at: place('arguments'), expected: 'a JSON object', actual: show(text) })
    }
    return verdictOf(found, subjects, 'no call was made')
  },
})
