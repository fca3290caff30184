import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asObject, asString, choicesOf, show } from './read.ts'
import { askedChoices, capOf, completionTokens, contentOf } from './read-chat.ts'
import { formatOf, isUnjoined } from './structured-answer.ts'
import { parseJson } from './structured-text-read.ts'

/** Tokens that print nothing, such as the one that ends a turn, are counted by some servers only. */
const slack = 2

/** The other steps of the probe cut a plain answer in the same way: what is wrong there too is no matter of the schema. */
export const structuredTruncation = defineCheck({
  id: 'structured-truncation',
  summary: 'JSON that the cap has cut finishes with length',
  codes: ['finish'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    if (!/^json_/.test(formatOf(subject)?.type ?? '')) return unobserved('no JSON was asked for')
    if (!isSuccess(subject) || isDisguisedFailure(subject)) return unobserved(`answered ${subject.response.status}`)
    if (isUnjoined(subject) || askedChoices(subject) > 1) return unobserved('parts of the answer are malformed')
    const [choice] = choicesOf(subject)
    const finish = choice?.finish_reason
    if (finish === 'length') return held(1)
    if (finish !== 'stop' && finish !== 'tool_calls' && finish !== 'function_call') return unobserved(`finished with ${show(finish)}`)
    const text = contentOf(choice)?.trim() ?? ''
    if (!/^[{[]/.test(text) || parseJson(text)) return unobserved('the answer is not the beginning of JSON')
    if (!metCap(subject)) return unobserved('the answer is not known to have met its cap')
    if (views.some(endsSilently)) return unobserved('plain answers that were cut do not say so either')
    return violated({ code: 'finish', at: inCompletion('/choices/0/finish_reason'), expected: '"length"', actual: show(finish) })
  },
})

const metCap = (view: View): boolean => {
  const [cap, spent] = [capOf(view), completionTokens(view)]
  return cap !== undefined && (spent === undefined || spent >= cap - slack)
}

/** An answer in words that met its cap, and says that it came to an end of its own. */
const endsSilently = (view: View): boolean => {
  const [choice] = choicesOf(view)
  const finish = asString(choice?.finish_reason)
  const isPlain = !/^json_/.test(formatOf(view)?.type ?? '') && asObject(choice?.message) !== undefined
  return isSuccess(view) && isPlain && finish !== undefined && finish !== 'length' && metCap(view)
}
