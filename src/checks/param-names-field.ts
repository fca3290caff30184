import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf, isBusy, isStreamRefusal } from './failure.ts'
import { lacksTools } from './optional-request.ts'
import { asObject, show } from './read.ts'

const isList = (value: unknown): boolean => Array.isArray(value)
const isNumber = (value: unknown): boolean => typeof value === 'number'

/** Whether the member as a whole is sound, so that the fault lies deeper or between members. */
const sound: Readonly<Record<string, (value: unknown) => boolean>> = {
  messages: isList,
  tools: isList,
  temperature: isNumber,
  max_tokens: isNumber,
  stream: (value) => typeof value === 'boolean',
  stop: (value) => typeof value === 'string' || isList(value),
  input: (value) => typeof value === 'string' || isList(value),
}

/**
 * Owed where one member is absent or has the wrong type: which member a semantic fault belongs to is often a matter of taste.
 * The probe says which member it broke; `messages[0].role` and `body.messages` name `messages` as well.
 */
export const paramNamesField = defineCheck({
  id: 'param-names-field',
  summary: 'error.param names the member at fault',
  codes: ['not-named'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const { status } = view.response
    const { breaks = '' } = view
    const isSound = sound[breaks]
    const request = asObject(view.request)
    if (!isSound || !request || isSound(request[breaks])) return unobserved('no single member was at fault')
    if (status < 400 || status > 499 || status === 401 || status === 403 || isBusy(status)) return unobserved(`answered ${status}`)
    if (isStreamRefusal(view)) return unobserved('the stream was refused before anything else')
    if (lacksTools(view, traits)) return unobserved('tools may be refused as such')
    const error = errorOf(view)
    if (!error) return unobserved('no error envelope')
    const { param } = error
    if (param !== null && (typeof param !== 'string' || param === '' || param === 'None' || param === 'null'))
      return unobserved('error.param is no name')
    if (typeof param === 'string' && param.split(/[^A-Za-z0-9_-]/).includes(breaks)) return held(1)
    return violated({ code: 'not-named', at: inBody('/error/param'), expected: show(breaks), actual: show(param) })
  },
})
