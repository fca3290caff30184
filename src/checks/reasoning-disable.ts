import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSwitchedOff } from './off-switch.ts'
import { asObject, choicesOf, show } from './read.ts'
import { answerOf, reasoningTokens, thinkingTag, thoughtsOf } from './reasoning-text.ts'
import { isFinished, isSuccess } from './tool-request.ts'

/** https://api-docs.deepseek.com/guides/thinking_mode and its like: every vendor has another switch, so one that works is enough. */
export const reasoningDisable = defineCheck({
  id: 'reasoning-disable',
  summary: 'one of the known off switches stops the thinking',
  codes: ['still-thinks'],
  needs: 'any',
  over: 'run',
  judge(views) {
    let off = 0
    let thinking: { readonly view: number; readonly actual: string } | undefined
    for (const [number, view] of views.entries()) {
      const request = asObject(view.request)
      if (!request || !isSuccess(view) || !isSwitchedOff(request)) continue
      const actual = thoughtIn(view)
      if (actual !== undefined) thinking ??= { view: number, actual }
      else if (choicesOf(view).some(isFinished)) off++
    }
    if (off > 0) return held(off)
    if (!thinking) return unobserved('no off switch was accepted')
    return violated({
      code: 'still-thinks',
      view: thinking.view,
      at: inCompletion('/choices/0/message'),
      expected: 'no reasoning',
      actual: thinking.actual,
    })
  },
})

const thoughtIn = (view: View): string | undefined => {
  const tokens = reasoningTokens(view) ?? 0
  if (tokens > 0) return `${tokens} reasoning tokens`
  for (const choice of choicesOf(view)) {
    const message = asObject(choice.message)
    const [thought] = message ? thoughtsOf(message).values() : []
    if (thought !== undefined) return show(thought)
    const tag = message && thinkingTag(answerOf(message))
    if (tag !== undefined) return tag
  }
  return undefined
}
