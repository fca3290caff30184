import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { contentOf, promptTokens } from './read-chat.ts'

interface Args {
  readonly by: number
}

const refusals = [400, 404, 405, 415, 422, 501]

/** A model that repeats the code word has seen it; for one that does not, the token count decides. */
export const historyKept = defineCheck<Args>({
  id: 'history-kept',
  summary: 'earlier turns are part of the prompt',
  codes: ['refused', 'ignored'],
  needs: 'complete',
  over: 'probe',
  args: { type: 'object', required: ['by'], additionalProperties: false, properties: { by: { type: 'integer', minimum: 1 } } },
  judge(views, { by }) {
    const subject = views[views.length - 1] as View
    const { status } = subject.response
    if (refusals.includes(status)) return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
    if (!isSuccess(subject) || isDisguisedFailure(subject)) return unobserved(`answered ${status}`)
    const word = codeWord(subject)
    if (word && contentOf(choicesOf(subject)[0])?.toLowerCase().includes(word)) return held(1)
    const base = views[0]
    const before = base === subject ? undefined : promptTokens(base)
    const after = promptTokens(subject)
    if (before === undefined || after === undefined) return unobserved('the code word was not repeated, and no prompt tokens were counted')
    if (after - before >= by) return held(1)
    return violated({ code: 'ignored', at: inCompletion('/usage/prompt_tokens'), expected: `>= ${before + by}`, actual: String(after) })
  },
})

const codeWord = (view: View): string | undefined => {
  for (const message of asArray(asObject(view.request)?.messages) ?? []) {
    const word = asString(asObject(message)?.content)?.match(/code word is (\w{8,})/)?.[1]
    if (word) return word.toLowerCase()
  }
  return undefined
}
