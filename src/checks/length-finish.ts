import type { JsonObject, View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject, asString, choicesOf, show } from './read.ts'
import { askedChoices, capOf, completionTokens, contentOf, eachEntry, promptKey, reasoningText } from './read-chat.ts'

/**
 * Only an answer that is known to have met its cap must say so. That is known from its token count, or, where a stream
 * has none, from an earlier step: it asked the same with the same cap, met it, and got the same text.
 */
export const lengthFinish = defineCheck({
  id: 'length-finish',
  summary: 'an answer that was cut by its cap finishes with length',
  codes: ['finish'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    if (!isSuccess(subject)) return unobserved(`answered ${subject.response.status}`)
    const choice = choicesOf(subject)[0]
    const finish = asString(choice?.finish_reason)
    if (!choice || !finish) return unobserved('no finish reason')
    if (finish === 'length') return held(1)
    if (finishesOften(subject)) return unobserved('the choice finishes more than once')
    // a word of its own is judged by the schema
    if (!['stop', 'tool_calls', 'function_call', 'content_filter'].includes(finish)) return unobserved('no documented finish reason')
    if (!metCap(subject) && !views.some((other) => other !== subject && metCap(other) && sameText(other, subject))) {
      return unobserved('the answer is not known to have met its cap')
    }
    return violated({ code: 'finish', at: inCompletion('/choices/0/finish_reason'), expected: '"length"', actual: show(finish) })
  },
})

/** Which of several finishes is meant cannot be told; that there are several is another rule. */
const finishesOften = (view: View): boolean => {
  let count = 0
  if (view.streamed) eachEntry(view, ({ index, finish }) => (count += index === 0 && typeof finish === 'string' && finish !== '' ? 1 : 0))
  return count > 1
}

/** More tokens than the cap are another defect: such an answer was not cut. */
const metCap = (view: View): boolean => {
  const tokens = completionTokens(view)
  return isSuccess(view) && askedChoices(view) === 1 && tokens !== undefined && tokens === capOf(view)
}

const sameText = (one: View, other: View): boolean => {
  const text = textOf(choicesOf(one)[0])
  return text !== '' && text === textOf(choicesOf(other)[0]) && capOf(one) === capOf(other) && promptKey(one) === promptKey(other)
}

const textOf = (choice: JsonObject | undefined): string => reasoningText(asObject(choice?.message)) + (contentOf(choice) ?? '')
