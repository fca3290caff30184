import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf, isSuccess } from './failure.ts'
import { asString, show } from './read.ts'

const codes = /^(?:model_not_(?:found|supported|available)|unsupported_(?:model|api_for_model)|invalid_model|unsupported_endpoint)$/

/** A refusal that is about the model as a whole, and not about one of the parameters that came with it. */
const words =
  /\b(?:model|deployment)\b.{0,80}\b(?:is not|not|does not|only)\b.{0,40}\b(?:supported|accessible|available|exist|found|support|supports)\b/i

/** Whether there is another endpoint for the model is not asked: it is a note for whoever has to choose the client. */
export const modelServed = defineCheck({
  id: 'model-served',
  summary: 'the model under test is not refused as a whole',
  codes: ['refused'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (view.breaks !== undefined || view.auth !== 'target') return unobserved('the request is wrong on purpose')
    if (isSuccess(view)) return held(1)
    const { status } = view.response
    if (![400, 403, 404, 422].includes(status)) return unobserved(`answered ${status}`)
    const error = errorOf(view)
    const [code, message] = [asString(error?.code) ?? '', asString(error?.message) ?? '']
    const param = asString(error?.param) ?? 'model'
    if (!codes.test(code) && !(param === 'model' && words.test(message))) return unobserved('refused for another reason')
    return violated({ code: 'refused', at: inBody('/error'), expected: 'an answer of the model', actual: `${status} ${show(message)}` })
  },
})
