import type { View, Violation } from '../types.ts'
import { defineCheck, inCompletion, verdictOf } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, asString } from './read.ts'
import { promptKey, promptTokens } from './read-chat.ts'

/** Some hundred words: more than any chat template takes away when the form of the messages changes. */
const muchLonger = 600

export const usageMonotonic = defineCheck({
  id: 'usage-monotonic',
  summary: 'equal prompts count equal, and longer ones not less',
  codes: ['unequal', 'lowered', 'constant'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const appended = lastText(views[0])
    const counted: { view: number; key: string; tokens: number }[] = []
    for (const [position, view] of views.entries()) {
      const tokens = isSuccess(view) ? promptTokens(view) : undefined
      if (tokens !== undefined) counted.push({ view: position, key: promptKey(view), tokens })
    }
    const [base, ...others] = counted
    const violations: Violation[] = []
    if (!base) return verdictOf(violations, 0, 'no prompt token counts')
    const say = (code: string, other: { view: number; tokens: number }, expected: string) =>
      violations.push({ code, at: inCompletion('/usage/prompt_tokens'), expected, actual: String(other.tokens), view: other.view })
    let compared = 0
    let longer = 0
    let grown = 0
    for (const other of others) {
      if (other.key === base.key) {
        compared++
        if (other.tokens !== base.tokens) say('unequal', other, String(base.tokens))
      } else if (other.key.length >= base.key.length + muchLonger) {
        compared++
        longer++
        // only what the first prompt was appended to must cost more
        if (other.tokens < base.tokens && appended !== undefined && other.key.includes(appended)) say('lowered', other, `>= ${base.tokens}`)
        if (other.tokens !== base.tokens) grown++
      }
    }
    const last = counted[counted.length - 1]
    if (longer > 1 && grown === 0 && last) say('constant', last, `> ${base.tokens}`)
    return verdictOf(violations, compared, 'no two steps to compare')
  },
})

/** The last message as it is written in a prompt's key. */
const lastText = (view: View): string | undefined => {
  const messages = asArray(asObject(view.request)?.messages) ?? []
  const text = asString(asObject(messages[messages.length - 1])?.content)
  return text === undefined ? undefined : JSON.stringify(text)
}
