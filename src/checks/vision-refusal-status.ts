import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isBusy } from './failure.ts'
import { asArray, asObject } from './read.ts'

/** RFC 9110 section 15.5.5: 404 speaks of the target of a request, which is the same with a picture and without. */
export const visionRefusalStatus = defineCheck({
  id: 'vision-refusal-status',
  summary: 'a picture that is not taken is refused as a bad request and not as a missing path',
  codes: ['not-found'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    // data that are no picture are another rule's business
    if (view.breaks !== undefined) return unobserved('the request was broken on purpose')
    const messages = asArray(asObject(view.request)?.messages) ?? []
    const hasPicture = messages.some((message) => asArray(asObject(message)?.content)?.some((part) => asObject(part)?.type === 'image_url'))
    if (!hasPicture) return unobserved('the request has no picture')
    const { status } = view.response
    if (status < 400 || status > 499 || status === 401 || status === 403 || isBusy(status)) return unobserved(`answered ${status}`)
    if (status !== 404 && status !== 405) return held(1)
    return violated({ code: 'not-found', at: { in: 'status' }, expected: '400', actual: String(status) })
  },
})
