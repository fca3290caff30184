import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { asArray, asInteger, asObject, asString, choicesOf, eachChoice } from './read.ts'
import { completionTokens, contentOf, usageOf } from './read-chat.ts'

const least = 5

/** Counts chunks and never reads from the network: how bytes are grouped on the way is nobody's promise. */
export const streamGranularity = defineCheck({
  id: 'stream-granularity',
  summary: 'a long answer comes in several chunks',
  codes: ['whole'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (!view.streamed) return unobserved('not a stream')
    const choice = choicesOf(view)[0]
    const text = contentOf(choice) ?? ''
    const thoughts = asInteger(asObject(usageOf(view)?.completion_tokens_details)?.reasoning_tokens) ?? 0
    const calls = asArray(asObject(choice?.message)?.tool_calls)?.length ?? 0
    const tokens = calls === 0 ? (completionTokens(view) ?? 0) - thoughts : 0
    if (text.length < 200 && !(tokens >= 50 && text.length >= 50)) return unobserved('the answer is short')
    let chunks = 0
    eachChoice(view, ({ delta }) => {
      if (asString(delta.content)) chunks++
    })
    if (chunks >= least) return held(chunks)
    const at = inCompletion('/choices/0/message/content')
    return violated({ code: 'whole', at, expected: `>= ${least} chunks`, actual: `${chunks} for ${text.length} characters` })
  },
})
