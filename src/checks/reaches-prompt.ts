import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { isRefused, neverCounts, promptTokens } from './read-chat.ts'

interface Args {
  /** The step whose message must arrive; the first step is the same request without it. */
  readonly step: number
  readonly by: number
}

/**
 * For messages that every endpoint owes its clients: unlike `prompt-grows` this one also blames a refusal.
 * The token count shows that the text arrived, without any help of the model. All steps of the probe are looked at,
 * because a count that never changes says nothing of any of them.
 */
export const reachesPrompt = defineCheck<Args>({
  id: 'reaches-prompt',
  summary: 'the message is accepted and its text is counted as prompt',
  codes: ['refused', 'ignored'],
  needs: 'any',
  over: 'probe',
  args: {
    type: 'object',
    required: ['step', 'by'],
    additionalProperties: false,
    properties: { step: { type: 'integer', minimum: 1 }, by: { type: 'integer', minimum: 1 } },
  },
  judge(views, { step, by }) {
    const base = views[0]
    const subject = views[step]
    if (!subject || !isSuccess(base) || isDisguisedFailure(base)) return unobserved('no plain answer to compare with')
    const { status, end } = subject.response
    if (isRefused(subject)) return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status), view: step })
    if (!isSuccess(subject) || end !== 'complete') return unobserved(`answered ${status}, ${end}`)
    const [before, after] = [promptTokens(base), promptTokens(subject)]
    if (before === undefined || after === undefined) return unobserved('no prompt token count')
    if (after - before >= by) return held(1)
    if (neverCounts(views)) return unobserved('the count is the same whatever is sent')
    const at = inCompletion('/usage/prompt_tokens')
    return violated({ code: 'ignored', at, expected: `>= ${before + by}`, actual: String(after), view: step })
  },
})
