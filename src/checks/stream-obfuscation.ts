import type { SseEvent } from '../types.ts'
import { at, defineCheck, held, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asObject, show } from './read.ts'
import { eachChunk } from './read-chat.ts'

/** That the member is a string is in the schema of a chunk. */
export const streamObfuscation = defineCheck({
  id: 'stream-obfuscation',
  summary: 'padding is left out when it was switched off',
  codes: ['refused', 'ignored'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { status } = view.response
    const off = asObject(asObject(view.request)?.stream_options)?.include_obfuscation === false
    if (off && (status === 400 || status === 422)) {
      return violated({ code: 'refused', at: { in: 'status' }, expected: '200', actual: String(status) })
    }
    if (!isSuccess(view) || !view.streamed) return unobserved('not a stream')
    let chunks = 0
    let padded: SseEvent | undefined
    eachChunk(view, ({ obfuscation }, event) => {
      chunks++
      if (obfuscation !== undefined && obfuscation !== null) padded ??= event
    })
    const found = padded as SseEvent | undefined
    if (off && found) {
      const actual = show(asObject(found.json)?.obfuscation)
      return violated({ code: 'ignored', at: at(found, '/obfuscation'), expected: 'absent', actual })
    }
    return chunks > 0 && (off || found) ? held(chunks) : unobserved('no padding')
  },
})
