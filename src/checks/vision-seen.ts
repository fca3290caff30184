import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { show } from './read.ts'
import { isAnswered, isTaken, names, saysNone, wordsOf } from './vision-answer.ts'

/**
 * The same question with and without the picture. A model that answers "none" to both is able to do as it is told, and
 * did not see anything; one that names another colour may just see badly.
 */
export const visionSeen = defineCheck<{ readonly word: string }>({
  id: 'vision-seen',
  summary: 'the picture has an influence on the answer',
  codes: ['unseen'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', required: ['word'], additionalProperties: false, properties: { word: { type: 'string' } } },
  judge(views, { word }) {
    const [without, view] = views
    if (!view || !isAnswered(without) || !isAnswered(view)) return unobserved('no answers with and without the picture')
    if (names(without, word)) return unobserved('the colour is named without the picture too')
    if (names(view, word)) return held(1)
    if (isTaken(without, view, word) === false) return unobserved('the picture was left out of the prompt')
    if (!saysNone(without) || !saysNone(view)) return unobserved(`answered ${show(wordsOf(view).slice(0, 6).join(' '))}`)
    return violated({
      code: 'unseen',
      at: { in: 'completion', pointer: '/choices/0/message/content' },
      expected: show(word),
      actual: '"none", as without the picture',
    })
  },
})
