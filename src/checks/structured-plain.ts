import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isAcceptRefusal, isBusy, isDisguisedFailure, isStreamRefusal, isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'
import { finishedAnswers, formatOf } from './structured-answer.ts'
import { parseJson } from './structured-text-read.ts'

/** The format that every request has anyway: clients send it to say that they want nothing in particular. */
export const structuredPlain = defineCheck({
  id: 'structured-plain',
  summary: 'response_format of type text changes nothing',
  codes: ['refused', 'forced'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const subject = views[views.length - 1] as View
    const base = views.length > 1 ? views[0] : undefined
    const { status } = subject.response
    if (formatOf(subject)?.type !== 'text') return unobserved('another format was asked for')
    if (isDisguisedFailure(subject)) return unobserved('a failure was answered with a success status')
    if (base && !isSuccess(base)) return unobserved('refused without the format too')
    if (isAcceptRefusal(subject)) return unobserved('the Accept header was refused')
    if (isStreamRefusal(subject)) return unobserved('streams are refused, with a format or without')
    if (!isSuccess(subject)) {
      const refused = status === 501 || (status >= 400 && status <= 499 && status !== 401 && status !== 403 && !isBusy(status))
      if (!refused) return unobserved(`answered ${status}`)
      return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
    }
    const text = objectText(subject)
    // a model that always speaks JSON does so without being asked
    if (base && text !== undefined && objectText(base) === undefined && typeof finishedAnswers(base) !== 'string')
      return violated({ code: 'forced', at: inCompletion('/choices/0/message/content'), expected: 'plain text', actual: show(text) })
    return held(1)
  },
})

/** The text of an answer that is a JSON object with members. */
const objectText = (view: View): string | undefined => {
  const answers = view.response.end === 'complete' ? finishedAnswers(view) : ''
  const text = typeof answers === 'string' ? undefined : answers[0]?.text
  const value = text === undefined ? undefined : asObject(parseJson(text)?.value)
  return value && Object.keys(value).length > 0 ? text : undefined
}
