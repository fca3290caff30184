import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { errorOf, isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asInteger, asObject } from './read.ts'
import { isSound } from './settled-output.ts'

interface Args {
  /** The type of the items that must be taken back; the request must contain one. */
  readonly item: 'message' | 'function_call_output' | 'reasoning'
  /** How many input tokens more than in the first step they are at least worth; 0 where a server may drop them. */
  readonly by: number
}

/** Items of an earlier turn are taken back and reach the model; the token count shows it without the model's help. */
export const responsesTurn = defineCheck<Args>({
  id: 'responses-turn',
  summary: 'items of an earlier turn are accepted as input and counted',
  codes: ['refused', 'ignored'],
  needs: 'complete',
  over: 'probe',
  args: {
    type: 'object',
    required: ['item', 'by'],
    additionalProperties: false,
    properties: { item: { enum: ['message', 'function_call_output', 'reasoning'] }, by: { type: 'integer', minimum: 0 } },
  },
  judge(views, { item, by }) {
    const subject = views[views.length - 1] as View
    if (!hasItem(subject, item)) return unobserved(`the request has no ${item} item of an earlier turn`)
    const { status } = subject.response
    if (!isSuccess(subject)) {
      const refused = status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
      if (!refused) return unobserved(`answered ${status}`)
      // the first step declares the same tools: what refuses both with the same words refuses tools
      if (item === 'function_call_output' && isSameRefusal(views[0], subject)) return unobserved('an earlier step was refused alike')
      // what came out malformed need not be taken back
      if (item !== 'function_call_output' && !isSound(views[0])) return unobserved('the earlier output was not as it should be')
      // whether reasoning is taken back has a requirement of its own
      if (item === 'message' && hasItem(subject, 'reasoning')) return unobserved('the request returns reasoning too')
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
    }
    if (isDisguisedFailure(subject)) return unobserved('a failure was answered with a success status')
    if (by === 0) return held(1)
    const [before, after] = [inputTokens(views[0]), inputTokens(subject)]
    if (!before || !after || views.length < 2) return unobserved('no token counts to compare')
    if (after - before >= by) return held(1)
    return violated({ code: 'ignored', at: inCompletion('/usage/input_tokens'), expected: `>= ${before + by}`, actual: String(after) })
  },
})

const hasItem = (view: View, type: string): boolean =>
  (asArray(asObject(view.request)?.input) ?? []).map(asObject).some((item) => {
    if (item?.type !== undefined && item.type !== type) return false
    return type === 'message' ? item?.role === 'assistant' : item?.type === type
  })

const isSameRefusal = (first: View, subject: View): boolean =>
  first !== subject && first.response.status === subject.response.status && wordsOf(first) === wordsOf(subject)

const wordsOf = (view: View): string => JSON.stringify(errorOf(view)?.message ?? view.json ?? '')

const inputTokens = (view: View): number | undefined =>
  isSuccess(view) ? asInteger(asObject(asObject(view.completion)?.usage)?.input_tokens) : undefined
