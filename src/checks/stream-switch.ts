import type { View } from '../types.ts'
import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { bodyOf, isDisguisedFailure, isSuccess, isUnreadable, startsLikeJson } from './failure.ts'
import { asObject } from './read.ts'

/** Looks at the body itself: its label may lie in both directions and has a requirement of its own. */
export const streamSwitch = defineCheck({
  id: 'stream-switch',
  summary: 'an event stream comes when it was asked for, and only then',
  codes: ['not-streamed', 'streamed'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!isSuccess(view) || isDisguisedFailure(view)) return unobserved(`answered ${view.response.status}`)
    if (isUnreadable(view)) return unobserved('the content coding could not be undone')
    const asked = asObject(view.request)?.stream
    if (typeof asked !== 'boolean' && asked !== null && asked !== undefined) return unobserved('`stream` is no boolean')
    const at = inHeader('content-type')
    const actual = view.mediaType || 'no media type'
    if (asked === true) {
      if (view.streamed && !startsLikeJson(view)) return held(1)
      if (view.streamed && bodyOf(view) === undefined) return unobserved('lines of JSON in place of events')
      return violated({ code: 'not-streamed', at, expected: 'an event stream', actual })
    }
    if (view.streamed ? !startsLikeJson(view) : startsLikeEvent(view))
      return violated({ code: 'streamed', at, expected: 'one JSON object', actual })
    return view.body.byteLength > 0 ? held(1) : unobserved('no body')
  },
})

const startsLikeEvent = ({ body }: View): boolean => /^\s*(data|event):/.test(Buffer.from(body.subarray(0, 64)).toString('latin1'))
