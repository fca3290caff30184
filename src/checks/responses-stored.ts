import type { View, Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { firstDifference } from './difference.ts'
import { isSuccess } from './failure.ts'
import { asObject, asString, show } from './read.ts'
import { isSound } from './settled-output.ts'

/** Sealed anew each time that it is sent. */
const ignored = new Set(['encrypted_content'])

/** Steps create replies, fetch them by their ids, and continue one of them. */
export const responsesStored = defineCheck({
  id: 'responses-stored',
  summary: 'a stored reply can be fetched unchanged, one that was not to be stored cannot',
  codes: ['not-kept', 'id', 'output', 'kept'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const created = views.filter((view) => view.endpoint === 'POST /responses' && isSuccess(view))
    const ids = created.map(({ completion }) => asString(asObject(completion)?.id) ?? '')
    if (ids.includes('') || new Set(ids).size !== ids.length) return unobserved('replies have no ids of their own')
    // a server that can continue a reply has stored it; one that cannot may echo the wish and say so here
    const stores = created.some(({ request }) => asObject(request)?.previous_response_id !== undefined)
    const found: Violation[] = []
    let subjects = 0
    for (const [index, view] of views.entries()) {
      const before = views[index - 1]
      if (!before || !view.endpoint.startsWith('GET ') || !isSuccess(before)) continue
      const violation = pairViolation(before, view, stores)
      if (violation === undefined) continue
      subjects++
      if (violation) found.push({ ...violation, view: index })
    }
    return verdictOf(found, subjects, 'nothing is stored')
  },
})

/** @returns false when the pair is as it should be, undefined when it says nothing */
const pairViolation = (created: View, fetched: View, stores: boolean): Violation | false | undefined => {
  const { status } = fetched.response
  if (asObject(created.request)?.store === false) {
    if (isSuccess(fetched)) return { code: 'kept', at: { in: 'status' }, expected: '404', actual: String(status) }
    return status === 404 ? false : undefined
  }
  const [reply, again] = [asObject(created.completion), asObject(fetched.json)]
  if (!isSuccess(fetched)) {
    return status === 404 && stores ? { code: 'not-kept', at: { in: 'status' }, expected: '200', actual: '404' } : undefined
  }
  if (!again) return undefined
  if (again.id !== reply?.id) return { code: 'id', at: inBody('/id'), expected: show(reply?.id), actual: show(again.id) }
  const place = isSound(created) ? firstDifference(reply?.output, again.output, ignored) : undefined
  return place
    ? { code: 'output', at: inBody(`/output${place.pointer}`), expected: show(place.expected), actual: show(place.actual) }
    : false
}
