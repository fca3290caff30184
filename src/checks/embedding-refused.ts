import type { Outcome, Traits, View } from '../types.ts'
import { defineCheck, inBody, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess, judgeStatus } from './failure.ts'
import { distance, inputOf, isZero, vectorsOf } from './read-embeddings.ts'

/**
 * Whether a model only chats, nobody can know who does not serve it: some servers embed with any model. So a vector of its own
 * is let pass; the vector of the other model means that the name of the model was not looked at.
 */
export const embeddingRefused = defineCheck({
  id: 'embedding-refused',
  summary: 'a request without input, and one for a model that does not embed, is refused with 400',
  codes: ['status', 'lenient', 'no-vector', 'substituted'],
  needs: 'any',
  over: 'probe',
  judge(views, _, { traits }) {
    const view = views[views.length - 1] as View
    if (view.breaks === undefined) return unobserved('the request was sound')
    if (view.breaks !== 'chat-model') return judgeStatus(view, { is: [400], also: [422] })
    if (!isSuccess(view) || isDisguisedFailure(view)) return judgeStatus(view, { is: [400], also: [404, 422, 501] })
    return judgeServed(view, views, traits)
  },
})

const judgeServed = (view: View, views: readonly View[], traits: Traits): Outcome => {
  if (view.response.end !== 'complete') return unobserved(`the body is ${view.response.end}`)
  const [vector] = vectorsOf(view)
  if (!vector || isZero(vector))
    return violated({ code: 'no-vector', at: { in: 'status' }, expected: '400', actual: `${view.response.status} without a vector` })
  const twin = views.find((other) => other.breaks === undefined && JSON.stringify(inputOf(other)) === JSON.stringify(inputOf(view)))
  const [other] = twin ? vectorsOf(twin) : []
  if (traits.has('single-model')) return unobserved('any name of a model is served')
  if (!other || distance(vector, other) > 0.01) return unobserved('the model embeds, so it does not only chat')
  return violated({ code: 'substituted', at: inBody('/data/0/embedding'), expected: '400', actual: 'the vector of the other model' })
}
