import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject } from './read.ts'
import { askedChoices, eachEntry, hasFailed } from './read-chat.ts'

/** That each choice finishes once is judged for every stream; here it must be there. */
export const streamN = defineCheck({
  id: 'stream-n',
  summary: 'all choices that were asked for stream',
  codes: ['ignored', 'choices'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const view = views[views.length - 1] as View
    const asked = askedChoices(view)
    if (!view.streamed || !isSuccess(view) || asked < 2) return unobserved('not a stream of several choices')
    if (hasFailed(view)) return unobserved('the stream reported a failure')
    const plain = views.find((other) => !other.streamed && askedChoices(other) === asked && isSuccess(other))
    if (plain && asArray(asObject(plain.json)?.choices)?.length !== asked) return unobserved('they do not come unstreamed either')
    const seen = new Set<number>()
    const numbered = eachEntry(view, ({ index }) => seen.add(index))
    if (!numbered || seen.size === 0) return unobserved('entries without an index')
    const indexes = [...seen].sort((one, other) => one - other)
    const expected = Array.from({ length: asked }, (_, index) => index)
    if (indexes.join() === expected.join()) return held(asked)
    const code = indexes.join() === '0' ? 'ignored' : 'choices'
    return violated({
      code,
      at: inCompletion('/choices'),
      expected: `indexes ${expected.join(', ')}`,
      actual: indexes.slice(0, 10).join(', '),
    })
  },
})
