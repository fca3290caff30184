import type { Traits, View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isBusy, isSuccess } from './failure.ts'
import { asArray, asObject, show } from './read.ts'
import { textOf } from './read-responses-items.ts'

const logprobs = 'message.output_text.logprobs'
const encrypted = 'reasoning.encrypted_content'

export const responsesInclude = defineCheck({
  id: 'responses-include',
  summary: 'known values of include are accepted and have their effect, unknown ones are refused',
  codes: ['unknown-accepted', 'status', 'refused', 'ignored'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const include = asArray(asObject(view.request)?.include) ?? []
    const { status } = view.response
    if (isBusy(status) || status >= 500 || status === 401 || status === 403) return unobserved(`answered ${status}`)
    if (view.breaks !== undefined) {
      if (status === 400) return held(1)
      if (isSuccess(view)) return violated({ code: 'unknown-accepted', at: { in: 'status' }, expected: '400', actual: String(status) })
      return violated({ code: 'status', at: { in: 'status' }, expected: '400', actual: String(status) })
    }
    if (!isSuccess(view)) return refusal(include, status, traits)
    if (!include.includes(logprobs)) return held(1)
    return effect(view)
  },
})

/** The reference service itself refuses to encrypt the reasoning of a model that does none, and log probabilities of one that does. */
const refusal = (include: readonly unknown[], status: number, traits: Traits) => {
  if (include.includes(encrypted) !== traits.has('thinks')) return unobserved('not offered for this model')
  return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
}

const effect = (view: View) => {
  const output = asArray(asObject(view.completion)?.output) ?? []
  for (const [index, item] of output.entries()) {
    for (const [position, part] of (asArray(asObject(item)?.content) ?? []).map(asObject).entries()) {
      if (part?.type !== 'output_text' || !textOf(part)) continue
      if ((asArray(part.logprobs)?.length ?? 0) > 0) return held(1)
      return violated({
        code: 'ignored',
        at: inCompletion(`/output/${index}/content/${position}/logprobs`),
        expected: 'a non-empty array',
        actual: show(part.logprobs),
      })
    }
  }
  return unobserved('no text')
}
