import { isUtf8 } from 'node:buffer'
import type { View } from '../types.ts'
import { defineCheck, held, inCompletion, unobserved, violated } from './define-check.ts'
import { isNoise } from './noise.ts'
import { choicesOf, show } from './read.ts'
import { contentOf, lineAsked } from './read-chat.ts'

/**
 * Judges an echo only where the model gave one: its first and last word are there.
 * Then what happened to the characters between them was done to them on the way (RFC 8259 section 8.1).
 */
export const unicodeEcho = defineCheck({
  id: 'unicode-echo',
  summary: 'characters outside ASCII come back as they were sent',
  codes: ['normalised', 'replaced', 'mojibake', 'escaped', 'lone-surrogate', 'lost'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const { line, choice, content } = echoOf(view)
    if (!line || !content) return unobserved('no text')
    // invalid bytes are judged where the bytes are
    if (!isUtf8(view.body)) return unobserved('the body is not valid UTF-8')
    if (content.includes(line)) {
      // some tokenizers compose characters; what is seen stays the same
      const [asked, got] = [lineAsked(view) ?? '', contentOf(choice) ?? '']
      if (got.includes(asked)) return held(1)
      return held(1, [{ code: 'normalised', at: inCompletion('/choices/0/message/content'), expected: show(asked), actual: show(got) }])
    }
    const code = echoDamage(view)
    if (!code) return unobserved('the model repeated something else, or nothing')
    if (isReplacedInStream(view)) return unobserved('characters were cut in two on their way into events')
    return violated({ code, at: inCompletion('/choices/0/message/content'), expected: show(line), actual: show(content) })
  },
})

const echoOf = (view: View) => {
  const choice = choicesOf(view)[0]
  return { line: lineAsked(view)?.normalize(), choice, content: contentOf(choice)?.normalize() }
}

/** What was done to an echo between its first and its last word; undefined where there is no echo, or no known damage. */
const echoDamage = (view: View): string | undefined => {
  const { line, content } = echoOf(view)
  const echo = line && content ? between(content, line) : undefined
  if (!line || echo === undefined) return undefined
  // random weights may draw both words among others
  if (isNoise(content?.replace(echo, '') ?? '')) return undefined
  // marks may have been composed or not when the harm was done
  return damage(echo, line) ?? damage(echo, lineAsked(view) ?? line)
}

/** Characters of an echo that became U+FFFD in a stream: text was decoded in pieces that end inside of characters. */
export const isReplacedInStream = (view: View): boolean =>
  view.streamed && echoDamage(view) === 'replaced' && echoOf(view).content?.includes('\uFFFD') === true

/** From the first word of the line to its last, where the content has both. */
const between = (content: string, line: string): string | undefined => {
  const words = line.trim().split(/\s+/)
  const [first, last] = [words[0] as string, words[words.length - 1] as string]
  const from = content.indexOf(first)
  const to = from < 0 ? -1 : content.indexOf(last, from + first.length)
  return to < 0 ? undefined : content.slice(from, to + last.length)
}

/** What is left of an echo when all that may have been harmed is taken away. */
const skeleton = (text: string): string => text.replace(/[^\0-\x7f]+/g, '').replace(/\s+/g, ' ')

const damage = (echo: string, line: string): string | undefined => {
  const runs = line.match(/[^\0-\x7f]+/gu) ?? []
  const wrongly = (encoding: string) => (run: string) => echo.includes(new TextDecoder(encoding).decode(Buffer.from(run, 'utf8')))
  const bytewise = (run: string) => echo.includes(Buffer.from(run, 'utf8').toString('latin1'))
  if (runs.some(wrongly('windows-1252')) || runs.some(bytewise)) return 'mojibake'
  if (runs.some((run) => echo.toLowerCase().includes(`\\u${run.charCodeAt(0).toString(16).padStart(4, '0')}`))) return 'escaped'
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(echo)) return 'lone-surrogate'
  // a model that draws its words by chance draws broken characters too
  if (echo.includes('\uFFFD') && !line.includes('\uFFFD') && skeleton(echo) === skeleton(line)) return 'replaced'
  const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
  const without = (filler: string) => squeezed(line.replace(/[^\0-\x7f]+/gu, filler))
  if (!line.includes('?') && echo.includes('?') && squeezed(echo.replace(/\?+/g, ' ')) === without(' ')) return 'replaced'
  // no model forgets so neatly: all that is not ASCII, all marks, or all that is astral
  if (squeezed(echo) === without('') || squeezed(echo) === without(' ')) return 'lost'
  const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')
  if (bare(echo) === bare(line) && bare(echo) === echo.normalize('NFD')) return 'lost'
  const spaced = squeezed(line.replace(/(?:[\u{10000}-\u{10FFFF}]|\uFE0F|\u200D)+/gu, ' '))
  if (!line.includes('?') && echo.includes('?') && squeezed(echo.replace(/\?+/g, ' ')) === spaced) return 'replaced'
  const withoutAstral = squeezed(line.replace(/[\u{10000}-\u{10FFFF}]/gu, '').replace(/[\uFE0F\u200D]/g, ''))
  return withoutAstral !== squeezed(line) && squeezed(echo) === withoutAstral ? 'lost' : undefined
}
