import { defineCheck, held, inCompletion, unobserved } from './define-check.ts'
import { asObject, asString, show } from './read.ts'

/** A server may answer with the snapshot behind an alias, or the file behind a name, so another name is told and not blamed. */
export const modelEcho = defineCheck({
  id: 'model-echo',
  summary: 'the answer names its model',
  codes: ['other-name'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const asked = asString(asObject(view.request)?.model)
    const named = asString(asObject(view.completion)?.model)
    if (!named) return unobserved('no model name')
    if (!asked || named === asked || named.startsWith(asked) || asked.startsWith(named)) return held(1)
    return held(1, [{ code: 'other-name', at: inCompletion('/model'), expected: show(asked), actual: show(named) }])
  },
})
