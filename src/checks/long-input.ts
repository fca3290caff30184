import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asInteger, asObject } from './read.ts'
import { isRefused, promptTokens } from './read-chat.ts'

/** Names under which a model list tells how many tokens fit, and not only how many were trained on. */
const windows = ['max_model_len', 'context_length', 'context_window', 'max_context_length', 'n_ctx'] as const

const share = 0.8

/**
 * Steps: the model list, a prompt, and the same text many times over. How many tokens the long one has follows from the
 * short one; only where that is within four fifths of the declared window is it owed.
 */
export const longInput = defineCheck<{ readonly times: number }>({
  id: 'long-input',
  summary: 'a prompt within the declared window is processed',
  codes: ['refused'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', required: ['times'], additionalProperties: false, properties: { times: { type: 'integer', minimum: 2 } } },
  judge(views, { times }) {
    const [list, short, subject] = [views[0], views[views.length - 2], views[views.length - 1]] as [View, View, View]
    if (views.length < 3 || !isSuccess(short) || isDisguisedFailure(short)) return unobserved('no shorter prompt to compare with')
    const window = declaredWindow(list, asObject(subject.request)?.model)
    if (window === undefined) return unobserved('no window is declared')
    const before = promptTokens(short)
    if (before === undefined) return unobserved('no prompt token count')
    const estimate = before * times
    if (estimate > window * share) return unobserved(`${estimate} tokens are too many for a window of ${window}`)
    const { status, end } = subject.response
    if (isRefused(subject) || status === 413)
      return violated({ code: 'refused', at: { in: 'status' }, expected: `2xx, as ${window} tokens fit`, actual: String(status) })
    if (!isSuccess(subject) || isDisguisedFailure(subject) || end !== 'complete') return unobserved(`answered ${status}, ${end}`)
    const after = promptTokens(subject)
    if (after === undefined || after <= before) return unobserved('prompts are not counted, or all alike')
    // prompts that are cut without a word have a requirement of their own
    return after >= estimate * share ? held(1) : unobserved(`counted ${after} tokens of about ${estimate}`)
  },
})

const declaredWindow = (list: View, model: unknown): number | undefined => {
  const entries = isSuccess(list) ? asArray(asObject(list.json)?.data) : undefined
  const entry = asObject(entries?.find((each) => asObject(each)?.id === model))
  const found = windows
    .flatMap((name) => [asInteger(entry?.[name]), asInteger(asObject(entry?.meta)?.[name])])
    .filter((value) => value !== undefined && value > 0) as number[]
  return found.length > 0 ? Math.min(...found) : undefined
}
