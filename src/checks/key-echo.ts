import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { headerValue } from './read.ts'

/** Judged with the wrong key only, which is no secret: good keys are replaced before anything is written down. */
export const keyEcho = defineCheck({
  id: 'key-echo',
  summary: 'the answer does not repeat the whole key',
  codes: ['echoed'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (view.auth !== 'wrong' || view.response.status < 400) return unobserved('no wrong key was refused')
    const key = (headerValue(view.requestHeaders, 'authorization') ?? '').replace(/^\S+\s+/, '')
    if (key.length < 8 || key.includes('[redacted]')) return unobserved('the key is not known')
    const { body } = view
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
    return text.includes(key)
      ? violated({ code: 'echoed', at: inBody(), expected: 'no key, or a masked one', actual: 'the whole key' })
      : held(1)
  },
})
