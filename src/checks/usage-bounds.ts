import type { Violation } from '../types.ts'
import { defineCheck, inCompletion, verdictOf } from './define-check.ts'
import { asInteger, asObject, choicesOf } from './read.ts'
import { askedChoices, capOf, producedLength, reasoningText, usageOf } from './read-chat.ts'

/**
 * A count above the cap means a wrong count or an ignored cap. Which one it is, the text tells: a count that the text
 * could not fill is wrong, and one that it fills is true, so that the cap is to blame, which has its own requirement.
 */
export const usageBounds = defineCheck({
  id: 'usage-bounds',
  summary: 'token counts lie within what was sent, produced and allowed',
  codes: ['prompt-zero', 'completion-zero', 'above-cap'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const usage = usageOf(view)
    const [prompt, completion] = [asInteger(usage?.prompt_tokens), asInteger(usage?.completion_tokens)]
    const violations: Violation[] = []
    if (prompt === 0) violations.push({ code: 'prompt-zero', at: inCompletion('/usage/prompt_tokens'), expected: '> 0', actual: '0' })
    if (completion !== undefined) {
      let produced = 0
      let thought = 0
      for (const choice of choicesOf(view)) {
        produced += producedLength(choice)
        thought += reasoningText(asObject(choice.message)).length
      }
      const at = inCompletion('/usage/completion_tokens')
      // thoughts alone may be counted apart, which has a rule of its own
      if (completion === 0 && produced > thought) violations.push({ code: 'completion-zero', at, expected: '>= 1', actual: '0' })
      const cap = capOf(view)
      const thoughts = asInteger(asObject(usage?.completion_tokens_details)?.reasoning_tokens) ?? 0
      if (cap !== undefined && completion > cap * askedChoices(view) && thoughts === 0 && produced < completion) {
        violations.push({ code: 'above-cap', at, expected: `<= ${cap * askedChoices(view)}`, actual: String(completion) })
      }
    }
    return verdictOf(violations, (prompt === undefined ? 0 : 1) + (completion === undefined ? 0 : 1), 'no token counts')
  },
})
