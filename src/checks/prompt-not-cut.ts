import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure } from './failure.ts'
import { asArray, asObject, asString } from './read.ts'
import { promptTokens } from './read-chat.ts'
import { isSuccess, refusal } from './tool-request.ts'

/** No vocabulary writes English prose with more characters per token than this. */
const charactersPerToken = 8

/**
 * A server that keeps only what fits its window counts no more than the window, however long the prompt gets.
 * The first step is a short prompt, so that a server which counts nothing at all is told apart.
 */
export const promptNotCut = defineCheck({
  id: 'prompt-not-cut',
  summary: 'a longer prompt is counted longer, or refused',
  codes: ['cut'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const base = views.findLast((view) => view !== subject && isSuccess(view) && !isDisguisedFailure(view))
    if (!base) return unobserved('no shorter prompt was answered')
    if (refusal(subject)) return held(1)
    if (!isSuccess(subject) || isDisguisedFailure(subject)) return unobserved(`answered ${subject.response.status}`)
    const [before, after] = [promptTokens(base), promptTokens(subject)]
    if (before === undefined || after === undefined) return unobserved('no prompt token counts')
    const added = textLength(subject) - textLength(base)
    if (added < charactersPerToken) return unobserved('the prompt is no longer than the one before')
    if (after === promptTokens(views[0])) return unobserved('the count is the same whatever is sent')
    const least = before + Math.floor(added / charactersPerToken)
    if (after >= least) return held(1)
    return violated({ code: 'cut', at: inCompletion('/usage/prompt_tokens'), expected: `>= ${least}`, actual: String(after) })
  },
})

const textLength = (view: View): number =>
  (asArray(asObject(view.request)?.messages) ?? []).reduce<number>(
    (sum, message) => sum + (asString(asObject(message)?.content)?.length ?? 0),
    0,
  )
