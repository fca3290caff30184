import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy, isDisguisedFailure, judgeStatus } from './failure.ts'
import { isAnswered, isTaken } from './vision-answer.ts'

interface Args {
  readonly word: string
  /** undecodable: the data is no picture. unreachable: its address leads nowhere. */
  readonly picture: 'undecodable' | 'unreachable'
}

/** Steps: the question alone, the question with a good picture, the question with a picture that cannot be had. */
export const visionInvalid = defineCheck<Args>({
  id: 'vision-invalid',
  summary: 'a picture that cannot be read is refused',
  codes: ['status', 'lenient'],
  needs: 'any',
  over: 'probe',
  args: {
    type: 'object',
    required: ['word', 'picture'],
    additionalProperties: false,
    properties: { word: { type: 'string' }, picture: { enum: ['undecodable', 'unreachable'] } },
  },
  judge(views, { word, picture }) {
    const [without, good, subject] = views
    if (!good || !subject) return unobserved('the step was not reached')
    if (!isAnswered(without) || !isAnswered(good)) return unobserved('no picture is taken here')
    if (isTaken(without, good, word) === false) return unobserved('pictures are left out of the prompt')
    return picture === 'undecodable' ? judgeStatus(subject, { is: [400], also: [413, 415, 422] }) : anyRefusal(subject)
  },
})

const anyRefusal = (view: View) => {
  const { status } = view.response
  if (isBusy(status) || status === 401 || status === 501 || isDisguisedFailure(view)) return unobserved(`answered ${status}`)
  if (status >= 400 && status <= 499) return held(1)
  return violated({ code: 'status', at: { in: 'status' }, expected: '4xx', actual: String(status) })
}
