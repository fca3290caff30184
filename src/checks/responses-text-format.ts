import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject } from './read.ts'
import { textOf } from './read-responses-items.ts'
import { problemOf, readsAsRefusal } from './structured-text-read.ts'

/** The same measure as for `response_format` in Chat Completions. */
export const responsesTextFormat = defineCheck({
  id: 'responses-text-format',
  summary: 'text.format with a schema is honoured',
  codes: ['not-json', 'invalid'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const format = asObject(asObject(asObject(view.request)?.text)?.format)
    const schema = asObject(format?.schema)
    const reply = asObject(view.completion)
    if (!isSuccess(view) || !schema) return unobserved(`answered ${view.response.status}`)
    if (reply?.status !== 'completed') return unobserved('the reply was not finished')
    const [text, pointer] = firstText(reply)
    if (!text || pointer === undefined) return unobserved('no text')
    // thoughts that leaked into the text are the finding of another requirement
    if (/<\/?think/.test(text)) return unobserved('the text holds thoughts')
    if (readsAsRefusal(text)) return unobserved('the model declined')
    const problem = problemOf(text, schema)
    if (!problem) return held(1)
    // whether the last event repeats what was streamed is another rule, and what differs there is broken here
    if (view.streamed && (problem.code === 'broken' || problem.code === 'surrounded')) return unobserved('the stream may not join')
    const code = problem.code === 'invalid' ? 'invalid' : 'not-json'
    return violated({ ...problem, code, at: inCompletion(pointer) })
  },
})

const firstText = (reply: JsonObject): readonly [string?, string?] => {
  for (const [index, item] of (asArray(reply.output) ?? []).map(asObject).entries()) {
    if (item?.type !== 'message') continue
    const part = asObject(asArray(item.content)?.[0])
    const text = part?.type === 'output_text' ? textOf(part) : undefined
    if (text !== undefined) return [text, `/output/${index}/content/0/text`]
  }
  return []
}
