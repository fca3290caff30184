import type { View, Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, show } from './read.ts'

/** The model under test is known by the step that retrieves it; a sound request for it has no `breaks`. */
export const modelIdUsable = defineCheck({
  id: 'model-id-usable',
  summary: 'listed ids are unique, and the model under test is among them',
  codes: ['duplicate', 'not-listed'],
  needs: 'complete',
  over: 'probe',
  judge(views, _, { traits }) {
    const position = views.findIndex((view) => view.endpoint === 'GET /models' && isSuccess(view))
    const entries = asArray(asObject(views[position]?.json)?.data)
    if (!entries) return unobserved('no list')
    const ids = new Set<string>()
    let repeated = 0
    const violations: Violation[] = []
    for (const [index, entry] of entries.entries()) {
      const id = asObject(entry)?.id
      if (typeof id !== 'string') continue
      if (ids.has(id) && ++repeated <= 3) {
        violations.push({ code: 'duplicate', at: inBody(`/data/${index}/id`), expected: 'a unique id', actual: show(id), view: position })
      }
      ids.add(id)
    }
    const model = views.map(modelAsked).find((id) => id !== undefined)
    // a page of a longer list, a list with ids that cannot be read, or a server that answers to any name, need not show it
    const isPartial = asObject(views[position]?.json)?.has_more === true || ids.size + repeated < entries.length
    const mayBeAbsent = model === undefined || isPartial || traits.has('single-model')
    if (!mayBeAbsent && !ids.has(model))
      violations.push({
        code: 'not-listed',
        at: inBody('/data'),
        expected: show(model),
        actual: show([...ids].slice(0, 5)),
        view: position,
      })
    return verdictOf(violations, ids.size, 'no id')
  },
})

const modelAsked = ({ endpoint, breaks }: View): string | undefined => {
  const id = breaks === undefined ? /^GET \/models\/(.+)$/.exec(endpoint)?.[1] : undefined
  return id === undefined ? undefined : decoded(id)
}

/** An id in a path; one that is not encoded properly is taken as it stands. */
export const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
