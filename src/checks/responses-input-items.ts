import type { Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, asString, show, typeName } from './read.ts'

interface Args {
  /** How many items the input had. */
  readonly count: number
}

/** openai/openai-openapi, openapi.yaml, ResponseItemList. */
export const responsesInputItems = defineCheck<Args>({
  id: 'responses-input-items',
  summary: 'the input of a stored reply is listed',
  codes: ['object', 'data', 'id', 'first-id', 'last-id', 'has-more'],
  needs: 'complete',
  over: 'exchange',
  args: { type: 'object', required: ['count'], additionalProperties: false, properties: { count: { type: 'integer', minimum: 1 } } },
  judge([view], { count }) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const list = asObject(view.json)
    if (!list) return violated({ code: 'object', at: inBody(), expected: 'an object', actual: typeName(view.json) })
    const found: Violation[] = []
    const owe = (code: string, member: string, expected: string, isMet: boolean) => {
      if (!isMet) found.push({ code, at: inBody(`/${member}`), expected, actual: show(list[member]) })
    }
    const data = asArray(list.data)
    const ids = (data ?? []).map((item) => asString(asObject(item)?.id) ?? '')
    owe('object', 'object', '"list"', list.object === 'list')
    owe('data', 'data', `${count} items`, data?.length === count)
    if (data?.length === count) {
      owe('id', 'data', 'items with ids', !ids.includes(''))
      owe('first-id', 'first_id', show(ids[0]), list.first_id === ids[0])
      owe('last-id', 'last_id', show(ids[ids.length - 1]), list.last_id === ids[ids.length - 1])
      owe('has-more', 'has_more', 'false', list.has_more === false)
    }
    return verdictOf(found, 1, '')
  },
})
