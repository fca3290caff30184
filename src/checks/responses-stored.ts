import type { View, Violation } from '../types.ts'
import { defineCheck, inBody, verdictOf } from './define-check.ts'
import { firstDifference } from './difference.ts'
import { isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'

/** Sealed anew each time that it is sent. */
const ignored = new Set(['encrypted_content'])

/** Pairs of steps: a reply is created, and fetched by its id. */
export const responsesStored = defineCheck({
  id: 'responses-stored',
  summary: 'a stored reply can be fetched unchanged, one that was not to be stored cannot',
  codes: ['not-kept', 'id', 'output', 'kept'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const found: Violation[] = []
    let subjects = 0
    for (let index = 1; index < views.length; index += 2) {
      const [created, fetched] = [views[index - 1], views[index]] as [View, View]
      if (!isSuccess(created)) continue
      const violation = pairViolation(created, fetched)
      if (violation === undefined) continue
      subjects++
      if (violation) found.push({ ...violation, view: index })
    }
    return verdictOf(found, subjects, 'nothing is stored')
  },
})

/** @returns false when the pair is as it should be, undefined when it says nothing */
const pairViolation = (created: View, fetched: View): Violation | false | undefined => {
  const { status } = fetched.response
  if (asObject(created.request)?.store === false) {
    if (isSuccess(fetched)) return { code: 'kept', at: { in: 'status' }, expected: '404', actual: String(status) }
    return status === 404 ? false : undefined
  }
  const [reply, again] = [asObject(created.completion), asObject(fetched.json)]
  if (!isSuccess(fetched)) {
    // a server without storage may say so; one that claims to have stored must keep its word
    if (status !== 404 || reply?.store !== true) return undefined
    return { code: 'not-kept', at: { in: 'status' }, expected: '200', actual: '404' }
  }
  if (!again) return undefined
  if (again.id !== reply?.id) return { code: 'id', at: inBody('/id'), expected: show(reply?.id), actual: show(again.id) }
  const place = firstDifference(reply?.output, again.output, ignored)
  return place
    ? { code: 'output', at: inBody(`/output${place.pointer}`), expected: show(place.expected), actual: show(place.actual) }
    : false
}
