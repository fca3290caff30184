import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject, asString } from './read.ts'
import { promptTokens } from './read-chat.ts'

/**
 * The prompt has so many times as many words as the window has tokens, and no word is less than a token. A count that
 * is far below the words shows a cut; one that is not shows a window that is wider than the endpoint says.
 */
export const contextOverflow = defineCheck<{ readonly windows: number }>({
  id: 'context-overflow',
  summary: 'a prompt beyond the context window is refused',
  codes: ['status', 'cut', 'taken', 'lenient'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', required: ['windows'], additionalProperties: false, properties: { windows: { type: 'integer', minimum: 2 } } },
  judge(views, { windows }) {
    const subject = views[views.length - 1] as View
    const { status } = subject.response
    const words = wordsOf(subject)
    if (words === 0) return unobserved('no prompt')
    const at = { in: 'status' } as const
    if (isBusy(status) || isDisguisedFailure(subject) || status === 401 || status === 403 || status === 501)
      return unobserved(`answered ${status}`)
    if (status === 400) return held(1)
    if (status === 413 || status === 422) return held(1, [{ code: 'lenient', at, expected: '400', actual: String(status) }])
    if (!isSuccess(subject)) {
      if (status >= 300 && status <= 399) return unobserved(`redirected with ${status}`)
      return violated({ code: 'status', at, expected: '400', actual: String(status) })
    }
    const window = words / windows
    const counted = promptTokens(subject)
    if (counted !== undefined && counted < words * 0.75)
      return violated({ code: 'cut', at: inCompletion('/usage/prompt_tokens'), expected: `400, or >= ${words}`, actual: String(counted) })
    if (!announces(views[0], window)) return unobserved('the whole prompt was taken: the window is wider than was said')
    return violated({ code: 'taken', at, expected: `400, with a window of ${window} tokens`, actual: String(status) })
  },
})

const wordsOf = ({ request }: View): number => {
  const messages = asArray(asObject(request)?.messages) ?? []
  const content = asString(asObject(messages[messages.length - 1])?.content) ?? ''
  let words = 0
  for (let from = content.indexOf(' '); from >= 0; from = content.indexOf(' ', from + 1)) words++
  return words
}

/** Whether the list of models says so itself; a window of training is none that a server promises to serve. */
const announces = (list: View, window: number): boolean =>
  (asArray(asObject(list.json)?.data) ?? []).some((entry) => {
    const own = asObject(entry)
    return [own, asObject(own?.meta)].some((object) =>
      Object.entries(object ?? {}).some(([name, value]) => value === window && name !== 'n_ctx_train'),
    )
  })
