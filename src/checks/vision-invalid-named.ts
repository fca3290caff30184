import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { errorOf } from './failure.ts'
import { asArray, asObject, asString, show } from './read.ts'

/** A history holds many pictures: without the place, a client can only throw all of them away, or none. */
export const visionInvalidNamed = defineCheck({
  id: 'vision-invalid-named',
  summary: 'the refusal of a broken picture names the message that holds it',
  codes: ['not-named'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const messages = asArray(asObject(view.request)?.messages) ?? []
    const hasPicture = messages.some((message) => asArray(asObject(message)?.content)?.some((part) => asObject(part)?.type === 'image_url'))
    if (view.breaks !== 'messages' || !hasPicture) return unobserved('the request has no broken picture')
    const { status } = view.response
    if (status !== 400 && status !== 422) return unobserved(`answered ${status}`)
    const error = errorOf(view)
    if (!error) return unobserved('no error envelope')
    if (/^(body\W*)?messages\b/.test(asString(error.param) ?? '') || /\bmessages\W{1,2}\d/.test(asString(error.message) ?? ''))
      return held(1)
    return violated({ code: 'not-named', at: inBody('/error/param'), expected: '"messages[…]…"', actual: show(error.param) })
  },
})
