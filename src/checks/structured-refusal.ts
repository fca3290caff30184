import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject, asString, choicesOf, show } from './read.ts'
import { hasReasoning } from './read-chat.ts'
import { formatOf, isUnjoined } from './structured-answer.ts'
import { readsAsRefusal } from './structured-text-read.ts'

/** Where a model declines under a schema, a client looks for it in `refusal` before it parses `content`. */
export const structuredRefusal = defineCheck({
  id: 'structured-refusal',
  summary: 'a refusal under a schema is in refusal and not in content',
  codes: ['as-content', 'beside-content'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    if (!isSuccess(view) || isUnjoined(view)) return unobserved(`answered ${view.response.status}`)
    if (formatOf(view)?.type !== 'json_schema') return unobserved('no schema was sent')
    const violations: Violation[] = []
    let seen = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      const message = asObject(choice.message)
      const text = asString(message?.content) ?? ''
      const at = inCompletion(`/choices/${position}/message/content`)
      if (asString(message?.refusal)) {
        if (text === '') seen++
        // thoughts that are in the wrong place are another rule
        else if (!traits.has('thinks') || hasReasoning(message))
          violations.push({ code: 'beside-content', at, expected: 'null', actual: show(text) })
      } else if (choice.finish_reason === 'stop' && readsAsRefusal(text))
        violations.push({ code: 'as-content', at, expected: 'null, and the words in refusal', actual: show(text) })
    }
    return verdictOf(violations, seen, 'nothing was refused by the model')
  },
})
