import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { isAnswered, names, plausibleTokens, saysNone, wordsOf } from './vision-answer.ts'

interface Args {
  readonly first: string
  readonly second: string
}

/**
 * Steps: one picture, asked for the first; two pictures, asked for the first; the same, asked for the second.
 * Only a model that names the single one counts, and only answers that are swapped as a whole are a wrong order: a model
 * that always names the last picture tells nothing.
 */
export const visionOrdered = defineCheck<Args>({
  id: 'vision-ordered',
  summary: 'several pictures reach the model in their order',
  codes: ['swapped', 'dropped'],
  needs: 'any',
  over: 'probe',
  args: {
    type: 'object',
    required: ['first', 'second'],
    additionalProperties: false,
    properties: { first: { type: 'string' }, second: { type: 'string' } },
  },
  judge(views, { first, second }) {
    const [one, front, back] = views
    if (!front || !back || !views.every(isAnswered)) return unobserved('two pictures were not answered to')
    if (!names(one, first, [second])) return unobserved('the model does not name a single picture')
    if (names(front, first, [second]) && names(back, second, [first])) return held(2)
    const at = { in: 'completion', pointer: '/choices/0/message/content' } as const
    if (names(front, second, [first]) && names(back, first, [second]))
      return violated({ code: 'swapped', at, expected: show(second), actual: show(first) })
    // the same prompt with one picture more costs nothing more, and the second one is not known
    const [before, after] = [plausibleTokens(one), plausibleTokens(front)]
    const costsNothing = before !== undefined && after !== undefined && after <= before
    const isUnknown = saysNone(back) || names(back, first, [second])
    if (names(front, first, [second]) && isUnknown && (costsNothing || (after === undefined && saysNone(back))))
      return violated({ code: 'dropped', at, expected: show(second), actual: show(wordsOf(back).slice(0, 6).join(' ')) })
    return unobserved('the answers fit no order')
  },
})
