import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isBusy, isSuccess } from './failure.ts'
import { asArray, asObject, show } from './read.ts'
import { isSound } from './settled-output.ts'

/** Steps: a reply with encrypted reasoning and without storage, and a request that gives it back. */
export const rreasoningEncrypted = defineCheck({
  id: 'rreasoning-encrypted',
  summary: 'encrypted reasoning is handed out when asked for, and taken back',
  codes: ['missing', 'refused'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const [first] = views
    const last = views[views.length - 1] as View
    if (!isSuccess(first)) return unobserved('encrypted reasoning is refused')
    const output = asArray(asObject(first.completion)?.output)?.map(asObject) ?? []
    const index = output.findIndex((item) => item?.type === 'reasoning')
    if (index < 0) return unobserved('the model did not reason')
    const sealed = output[index]?.encrypted_content
    if (typeof sealed !== 'string' || sealed === '') {
      return violated({
        code: 'missing',
        at: inCompletion(`/output/${index}/encrypted_content`),
        expected: 'a non-empty string',
        actual: show(sealed),
        view: 0,
      })
    }
    if (first === last) return unobserved('it was not given back')
    const { status } = last.response
    if (isSuccess(last)) return held(1)
    if (status < 400 || status > 499 || status === 401 || status === 403 || isBusy(status)) return unobserved(`answered ${status}`)
    if (!isSound(first)) return unobserved('the earlier output was not as it should be')
    return violated({ code: 'refused', at: { in: 'status' }, expected: '2xx', actual: String(status) })
  },
})
