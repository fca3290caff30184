import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asInteger, asObject, show } from './read.ts'

/** openai/openai-openapi, openapi.yaml, TokenCountsResource and CompactResource. */
export const responsesAuxiliary = defineCheck({
  id: 'responses-auxiliary',
  summary: 'input tokens are counted and compaction has an output, where offered',
  codes: ['object', 'input-tokens', 'output'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    return view.endpoint.endsWith('/input_tokens') ? counted(view) : compacted(view)
  },
})

const counted = ({ json }: View) => {
  const { object, input_tokens } = asObject(json) ?? {}
  if (object !== 'response.input_tokens')
    return violated({ code: 'object', at: inBody('/object'), expected: '"response.input_tokens"', actual: show(object) })
  if ((asInteger(input_tokens) ?? 0) > 0) return held(1)
  return violated({ code: 'input-tokens', at: inBody('/input_tokens'), expected: 'a positive integer', actual: show(input_tokens) })
}

const compacted = ({ json }: View) => {
  const { output } = asObject(json) ?? {}
  return asArray(output) ? held(1) : violated({ code: 'output', at: inBody('/output'), expected: 'an array', actual: show(output) })
}
