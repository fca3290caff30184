import type { JsonObject, Violation } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { choicesOf, show } from './read.ts'
import { argumentsObject } from './tool-arguments.ts'
import { callMarkup, isQuoted, speaksOfTools } from './tool-markup.ts'
import { contentOf, functionsOf, hasCalls, isSuccess } from './tool-request.ts'

/** https://github.com/lmstudio-ai/docs 1_developer/3_openai-compat/tools.mdx: what a parser did not understand ends up in content. */
export const toolMarkupLeak = defineCheck({
  id: 'tool-markup-leak',
  summary: 'no raw call markup in content',
  codes: ['markup', 'json-call'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view) || !speaksOfTools(view)) return unobserved('nothing speaks of tools')
    const violations: Violation[] = []
    const notes: Violation[] = []
    let seen = 0
    for (const [position, choice] of choicesOf(view).entries()) {
      const content = contentOf(choice)
      const parsed = hasCalls(view, choice)
      if (content === '' && !parsed) continue
      seen++
      const at = inCompletion(`/choices/${position}/message/content`)
      const markup = callMarkup(content, parsed)
      if (markup !== undefined && !isQuoted(view, markup))
        violations.push({ code: 'markup', at, expected: 'no call markup', actual: show(markup) })
      // Without markup the text may as well be the model's own idea of an answer.
      else if (!parsed && isCallText(content, functionsOf(view))) notes.push({ code: 'json-call', at, actual: show(content) })
    }
    return notes.length > 0 && violations.length === 0 ? held(seen, notes) : verdictOf(violations, seen, 'neither text nor calls')
  },
})

const isCallText = (content: string, functions: ReadonlyMap<string, JsonObject>): boolean => {
  const fenced = content.trim()
  const text =
    fenced.startsWith('```') && fenced.endsWith('```')
      ? fenced
          .replace(/^```(?:json)?/, '')
          .slice(0, -3)
          .trim()
      : fenced
  const call = text.startsWith('{') ? argumentsObject(text) : undefined
  return call !== undefined && typeof call.name === 'string' && functions.has(call.name) && ('arguments' in call || 'parameters' in call)
}
