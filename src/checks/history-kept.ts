import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { contentOf, isRefused, neverCounts, promptTokens } from './read-chat.ts'

interface Args {
  /** The step with the history; the first step is a short prompt. */
  readonly step: number
  readonly by: number
}

/** A model that repeats the code word has seen it; for one that does not, the token count decides. */
export const historyKept = defineCheck<Args>({
  id: 'history-kept',
  summary: 'earlier turns are part of the prompt',
  codes: ['refused', 'ignored'],
  needs: 'any',
  over: 'probe',
  args: {
    type: 'object',
    required: ['step', 'by'],
    additionalProperties: false,
    properties: { step: { type: 'integer', minimum: 1 }, by: { type: 'integer', minimum: 1 } },
  },
  judge(views, { step, by }, { traits }) {
    const subject = views[step]
    if (!subject) return unobserved('the step was not reached')
    const { status, end } = subject.response
    // some vendors want the thoughts of earlier turns back, which is a rule of its own
    if (isRefused(subject) && traits.has('thinks')) return unobserved('refused, maybe for the sake of reasoning')
    if (isRefused(subject)) return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status), view: step })
    if (!isSuccess(subject) || isDisguisedFailure(subject) || end !== 'complete') return unobserved(`answered ${status}, ${end}`)
    const word = codeWord(subject)
    if (word && contentOf(choicesOf(subject)[0])?.toLowerCase().includes(word)) return held(1)
    const [before, after] = [promptTokens(views[0]), promptTokens(subject)]
    if (before === undefined || after === undefined) return unobserved('the code word was not repeated, and no prompt tokens were counted')
    if (after - before >= by) return held(1)
    if (neverCounts(views)) return unobserved('the count is the same whatever is sent')
    const at = inCompletion('/usage/prompt_tokens')
    return violated({ code: 'ignored', at, expected: `>= ${before + by}`, actual: String(after), view: step })
  },
})

const codeWord = (view: View): string | undefined => {
  for (const message of asArray(asObject(view.request)?.messages) ?? []) {
    const word = asString(asObject(message)?.content)?.match(/code word is (\w{8,})/)?.[1]
    if (word) return word.toLowerCase()
  }
  return undefined
}
