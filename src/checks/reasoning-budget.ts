import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asObject, choicesOf, show } from './read.ts'
import { capOf, completionTokens } from './read-chat.ts'
import { answerOf, reasoningTokens, thinkingTag, thoughtsOf } from './reasoning-text.ts'
import { isSuccess, refusal } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/reasoning: room used up by thinking is a reply without visible text, not a failure. */
export const reasoningBudget = defineCheck({
  id: 'reasoning-budget',
  summary: 'a cap used up by thinking gives finish length and no content',
  codes: ['refused', 'finish-reason', 'thoughts-in-content'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const refused = refusal(view)
    if (refused) return violated(refused)
    const [choice] = choicesOf(view)
    const message = asObject(choice?.message)
    if (!isSuccess(view) || !choice || !message) return unobserved(`answered ${view.response.status}`)
    const tokens = completionTokens(view)
    const cap = capOf(view) ?? Number.POSITIVE_INFINITY
    const thinking = reasoningTokens(view)
    const visible = answerOf(message).trim()
    const usedUp = tokens !== undefined && thinking !== undefined && thinking > 0 && thinking >= tokens && tokens >= cap
    if (visible === '') {
      if (choice.finish_reason === 'length') return held(1)
      if (!usedUp && (thoughtsOf(message).size === 0 || tokens === undefined || tokens < cap)) {
        return unobserved('the cap was not used up')
      }
      return violated({
        code: 'finish-reason',
        at: inCompletion('/choices/0/finish_reason'),
        expected: '"length"',
        actual: show(choice.finish_reason),
      })
    }
    // Tags give away that thoughts are not taken out at all, which is another rule.
    if (!usedUp || thinkingTag(visible)) return unobserved('the model had room for an answer')
    return violated({
      code: 'thoughts-in-content',
      at: inCompletion('/choices/0/message/content'),
      expected: '"" or null',
      actual: show(visible),
    })
  },
})
