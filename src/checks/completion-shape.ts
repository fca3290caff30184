import type { Violation } from '../types.ts'
import { defineCheck, inBody, inHeader, unobserved, verdictOf, violated } from './define-check.ts'
import { asArray, asInteger, asObject, show } from './read.ts'
import { usageOf } from './read-chat.ts'

/** The members are in the schema. How many choices a list of prompts gets is a rule of its own. */
export const completionShape = defineCheck({
  id: 'completion-shape',
  summary: 'a plain request gets one JSON object with one choice, and its token counts add up',
  codes: ['streamed', 'count', 'index', 'sum'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const request = asObject(view.request)
    if (view.streamed)
      return violated({ code: 'streamed', at: inHeader('content-type'), expected: 'application/json', actual: show(view.mediaType) })
    const choices = asArray(asObject(view.json)?.choices)
    const violations: Violation[] = []
    const asked = typeof request?.prompt === 'string' ? (asInteger(request.n) ?? 1) : undefined
    // fewer are sometimes all that a server can give, and best_of has an option's rule
    if (choices && asked !== undefined && choices.length > asked && request?.best_of === undefined) {
      violations.push({ code: 'count', at: inBody('/choices'), expected: `${asked} choices`, actual: `${choices.length} choices` })
    } else if (choices && asked !== undefined) {
      for (let position = 0; position < Math.min(choices.length, 20); position++) {
        const index = asInteger(asObject(choices[position])?.index)
        if (index === undefined || index === position) continue
        violations.push({ code: 'index', at: inBody(`/choices/${position}/index`), expected: String(position), actual: String(index) })
      }
    }
    const usage = usageOf(view)
    const [prompt, completion, total] = [usage?.prompt_tokens, usage?.completion_tokens, usage?.total_tokens].map(asInteger)
    if (prompt !== undefined && completion !== undefined && total !== undefined && total !== prompt + completion) {
      const expected = `${prompt} + ${completion} = ${prompt + completion}`
      violations.push({ code: 'sum', at: inBody('/usage/total_tokens'), expected, actual: String(total) })
    }
    if (!choices && violations.length === 0) return unobserved('no choices')
    return verdictOf(violations, choices?.length ?? 0, 'no choices')
  },
})
