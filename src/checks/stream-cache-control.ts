import { defineCheck, held, inHeader, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { headerValues, show } from './read.ts'

// https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model
export const streamCacheControl = defineCheck({
  id: 'stream-cache-control',
  summary: 'an event stream forbids caching or transformation',
  codes: ['missing', 'cacheable'],
  needs: 'any',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed || !isSuccess(view)) return unobserved('no event stream')
    const value = headerValues(view.response.headers, 'cache-control').join(', ')
    if (/\bno-(cache|store|transform)\b/i.test(value)) return held(1)
    return violated({
      code: value.trim() === '' ? 'missing' : 'cacheable',
      at: inHeader('cache-control'),
      expected: 'no-cache',
      actual: show(value || undefined),
    })
  },
})
