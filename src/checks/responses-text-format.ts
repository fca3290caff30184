import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, show } from './read.ts'
import { textOf } from './read-responses-items.ts'

/** Compares with the flat object schema of the request: its required members and their plain types. */
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
    const value = parse(text)
    if (!value) return violated({ code: 'not-json', at: inCompletion(pointer), expected: 'a JSON object', actual: show(text) })
    const wrong = wrongMember(value, schema)
    return wrong === undefined
      ? held(1)
      : violated({ code: 'invalid', at: inCompletion(pointer), expected: `${wrong} as in the schema`, actual: show(value) })
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

const parse = (text: string): JsonObject | undefined => {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

const wrongMember = (value: JsonObject, schema: JsonObject): string | undefined => {
  const properties = asObject(schema.properties) ?? {}
  for (const name of (asArray(schema.required) ?? []).map(String)) {
    const type = asObject(properties[name])?.type
    const fits = type === 'integer' ? Number.isInteger(value[name]) : type === undefined ? name in value : typeof value[name] === type
    if (!fits) return name
  }
  return schema.additionalProperties === false ? Object.keys(value).find((name) => !(name in properties)) : undefined
}
