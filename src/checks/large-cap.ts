import type { View, Violation } from '../types.ts'
import { defineCheck, held, inCompletion, inHeader, unobserved, violated } from './define-check.ts'
import { isSuccess, judgeStatus } from './failure.ts'
import { asObject, choicesOf, show } from './read.ts'

/** The first step asks the same with an ordinary cap: a model that says nothing at all tells nothing of caps. */
export const largeCap = defineCheck({
  id: 'large-cap',
  summary: 'a cap beyond what the model can write is lowered or refused',
  codes: ['status', 'empty', 'clamped'],
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
    if (!isEmpty) return held(1, clamping(subject))
    // a model that did as it was told before has no reason to be silent now; any other may be
    if (!before || before.text === '' || (after.finish !== 'length' && !/^\W*OK\W*$/i.test(before.content)))
      return unobserved('the model says nothing')
    return violated({ code: 'empty', at: inCompletion('/choices/0/message/content'), expected: 'an answer', actual: '""' })
  },
})

/** A header of the server's own that says so, such as `X-Xerotier-Max-Tokens-Clamped`: worth telling, since no client reads it. */
const clamping = ({ response }: View): Violation[] =>
  response.headers
    .filter(([name]) => /\bclamped\b/i.test(name))
    .slice(0, 1)
    .map(([name, value]) => ({ code: 'clamped', at: inHeader(name), actual: show(value) }))

/** All text of the first choice, thoughts included, and what it says aloud. */
const textOf = (view: View): { text: string; content: string; finish: unknown } | undefined => {
  const [choice] = choicesOf(view)
  if (!choice) return undefined
  const message = asObject(choice.message)
  const texts = [message?.content, message?.reasoning_content, message?.reasoning, message?.refusal]
  const content = typeof message?.content === 'string' ? message.content : ''
  return { text: texts.filter((text) => typeof text === 'string').join(''), content, finish: choice.finish_reason }
}
