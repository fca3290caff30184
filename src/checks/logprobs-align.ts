import type { JsonObject } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isSuccess } from './failure.ts'
import { asArray, asObject, asString, choicesOf, show } from './read.ts'
import { contentOf, hasReasoning } from './read-chat.ts'

/** Special tokens have entries and no text: `<|end|>`, `</s>`, `[EOS]`. */
const special = /^(<[^<>]*>|\[[A-Z_]+\])$/

export const logprobsAlign = defineCheck({
  id: 'logprobs-align',
  summary: 'the tokens with log probabilities make up the text',
  codes: ['mismatch'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const choice = choicesOf(view)[0]
    const content = contentOf(choice)
    const entries = asArray(asObject(choice?.logprobs)?.content)?.map(asObject)
    if (!isSuccess(view) || !choice || !content || !entries?.length) return unobserved('no text with log probabilities')
    if (hasReasoning(asObject(choice.message))) return unobserved('thoughts may have entries too')
    // tokens may hold parts of characters, which the text can only show as replacements
    if (content.includes('\uFFFD')) return unobserved('the text has replacement characters')
    const text = Buffer.from(content)
    let matched = 0
    for (const [index, entry] of entries.entries()) {
      const bytes = bytesOf(entry)
      if (!bytes) return unobserved('an entry without token')
      // the space in front of the first word is often left out of the text
      const alike = [bytes, ...(matched === 0 ? [Buffer.from(bytes.toString().trimStart())] : [])].find((candidate) =>
        text.subarray(matched, matched + candidate.length).equals(candidate),
      )
      if (alike) matched += alike.length
      // vLLM writes the part of a character that a token holds as a replacement, in the bytes as well
      else if (bytes.includes('\ufffd') || (asString(entry?.token) ?? '').includes('\ufffd'))
        return unobserved('a token holds part of a character')
      else if (!special.test(asString(entry?.token) ?? '') && !(matched === text.length && index === entries.length - 1)) {
        const at = inCompletion(`/choices/0/logprobs/content/${index}`)
        return violated({
          code: 'mismatch',
          at,
          expected: show(text.subarray(matched, matched + 20).toString()),
          actual: show(bytes.toString()),
        })
      }
    }
    if (matched === text.length) return held(entries.length)
    const at = inCompletion('/choices/0/logprobs/content')
    return violated({ code: 'mismatch', at, expected: show(content), actual: show(text.subarray(0, matched).toString()) })
  },
})

const bytesOf = (entry: JsonObject | undefined): Buffer | undefined => {
  const bytes = asArray(entry?.bytes)
  if (bytes?.every((byte) => Number.isInteger(byte))) return Buffer.from(bytes as number[])
  const token = asString(entry?.token)
  return token === undefined ? undefined : Buffer.from(token)
}
