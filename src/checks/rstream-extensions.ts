import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { readResponses } from './read-responses.ts'

export const rstreamExtensions = defineCheck({
  id: 'rstream-extensions',
  summary: 'no chunks of Chat Completions among the events',
  codes: ['chat-chunk'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = readResponses(view)
    if (!stream) return unobserved('not a stream')
    if (stream.chatChunk)
      return violated({
        code: 'chat-chunk',
        at: at(stream.chatChunk),
        expected: 'an event of the Responses API',
        actual: 'chat.completion.chunk',
      })
    if (!stream.first) return unobserved('no event of a Responses stream')
    return held(1)
  },
})
