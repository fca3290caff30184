import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess, judgeStatus } from './failure.ts'
import { asObject, choicesOf } from './read.ts'

/** The first step asks the same with an ordinary cap: a model that says nothing at all tells nothing of caps. */
export const largeCap = defineCheck({
  id: 'large-cap',
  summary: 'a cap beyond what the model can write is lowered or refused',
  codes: ['status', 'empty'],
  needs: 'any',
  over: 'probe',
  judge(views) {
    const [base] = views
    const subject = views[views.length - 1] as View
    if (base === subject) return unobserved('no step to compare with')
    const outcome = judgeStatus(subject, { is: [200, 400, 422] })
    if (outcome.kind !== 'held' || !isSuccess(subject)) return outcome
    const [before, after] = [textOf(base), textOf(subject)]
    const isEmpty = after?.text === '' && after.finish !== undefined && after.finish !== null
    if (!isEmpty) return held(1)
    // a model that did as it was told before has no reason to be silent now; any other may be
    if (!before || before.text === '' || (after.finish !== 'length' && !/\bOK\b/i.test(before.text)))
      return unobserved('the model says nothing')
    return violated({ code: 'empty', at: inCompletion('/choices/0/message/content'), expected: 'an answer', actual: '""' })
  },
})

/** All text of the first choice, thoughts included. */
const textOf = (view: View): { text: string; finish: unknown } | undefined => {
  const [choice] = choicesOf(view)
  if (!choice) return undefined
  const message = asObject(choice.message)
  const texts = [message?.content, message?.reasoning_content, message?.reasoning, message?.refusal]
  return { text: texts.filter((text) => typeof text === 'string').join(''), finish: choice.finish_reason }
}
