import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isRefused, promptTokens } from './read-chat.ts'
import { isAnswered, isTaken, mediaParts } from './vision-answer.ts'

interface Args {
  /** What a model says that has taken the part in. */
  readonly word: string
  /** Whom to blame for a part that was left out without a word: everybody, or only who declares to take it. */
  readonly dropped: 'always' | 'declared'
}

/**
 * A part that is no text is accepted and reaches the model. The first step asks the same without it; where that one has a
 * part too, it is of the form that every model with this sense takes, and the other form may not be refused.
 */
export const visionCounted = defineCheck<Args>({
  id: 'vision-counted',
  summary: 'a picture, sound or file is accepted and counted as prompt',
  codes: ['refused', 'ignored'],
  needs: 'any',
  over: 'probe',
  args: {
    type: 'object',
    required: ['word', 'dropped'],
    additionalProperties: false,
    properties: { word: { type: 'string' }, dropped: { enum: ['always', 'declared'] } },
  },
  judge(views, { word, dropped }, { declared }) {
    const [base] = views
    const subject = views[views.length - 1]
    if (!subject || subject === base || !isAnswered(base)) return unobserved('no plain answer to compare with')
    const { status } = subject.response
    const isOtherForm = mediaParts(base) > 0
    if (isOtherForm && isRefused(subject)) {
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx, as for the other format', actual: String(status) })
    }
    if (!isAnswered(subject)) return unobserved(`answered ${status}`)
    if (isOtherForm) return held(1)
    const taken = isTaken(base, subject, word)
    if (taken === true) return held(1)
    if (taken === undefined) return unobserved('no token count of both prompts')
    if (dropped === 'declared' && !declared) return unobserved('left out, maybe by a model without this sense')
    const at = inCompletion('/usage/prompt_tokens')
    return violated({ code: 'ignored', at, expected: `> ${promptTokens(base)}`, actual: String(promptTokens(subject)) })
  },
})
