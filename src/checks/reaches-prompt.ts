import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { promptTokens } from './read-chat.ts'

interface Args {
  readonly by: number
}

const refusals = [400, 404, 405, 415, 422, 501]

/**
 * For messages that every endpoint owes its clients: unlike `prompt-grows` this one also blames a refusal.
 * The token count shows that the text arrived, without any help of the model.
 */
export const reachesPrompt = defineCheck<Args>({
  id: 'reaches-prompt',
  summary: 'the message is accepted and its text is counted as prompt',
  codes: ['refused', 'ignored'],
  needs: 'complete',
  over: 'probe',
  args: { type: 'object', required: ['by'], additionalProperties: false, properties: { by: { type: 'integer', minimum: 1 } } },
  judge(views, { by }) {
    const base = views[0]
    const subject = views[views.length - 1] as View
    if (base === subject || !isSuccess(base) || isDisguisedFailure(base)) return unobserved('no plain answer to compare with')
    const { status } = subject.response
    if (refusals.includes(status)) return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
    if (!isSuccess(subject)) return unobserved(`answered ${status}`)
    const [before, after] = [promptTokens(base), promptTokens(subject)]
    if (before === undefined || after === undefined) return unobserved('no prompt token count')
    if (after - before >= by) return held(1)
    return violated({ code: 'ignored', at: inCompletion('/usage/prompt_tokens'), expected: `>= ${before + by}`, actual: String(after) })
  },
})
