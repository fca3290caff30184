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
    const echo = echoOf(view)
    if (!echo) return unobserved('no text')
    const { asked, got, line, content } = echo
    // invalid bytes are judged where the bytes are
    if (!isUtf8(view.body)) return unobserved('the body is not valid UTF-8')
    if (content.includes(line)) {
      // some tokenizers compose characters; what is seen stays the same
      if (got.includes(asked)) return held(1)
      return held(1, [{ code: 'normalised', at: inCompletion('/choices/0/message/content'), expected: show(asked), actual: show(got) }])
    }
    const code = damageOf(echo)
    if (!code) return unobserved('the model repeated something else, or nothing')
    if (isReplacedInStream(view)) return unobserved('characters were cut in two on their way into events')
    return violated({ code, at: inCompletion('/choices/0/message/content'), expected: show(line), actual: show(content) })
  },
})

interface Echo {
  readonly asked: string
  readonly got: string
  /** What was asked for, normalised. */
  readonly line: string
  /** What came, normalised. */
  readonly content: string
}

const echoOf = (view: View): Echo | undefined => {
  const asked = lineAsked(view)
  const got = contentOf(choicesOf(view)[0])
  return asked && got ? { asked, got, line: asked.normalize(), content: got.normalize() } : undefined
}

/** What was done to an echo between its first and its last word; undefined where there is no echo, or no known damage. */
const damageOf = ({ asked, line, content }: Echo): string | undefined => {
  const echo = between(content, line)
  // random weights may draw both words among others
  if (echo === undefined || isNoise(content.replace(echo, ''))) return undefined
  // marks may have been composed or not when the harm was done
  return damage(echo, line) ?? damage(echo, asked)
}

/** Characters of an echo that became U+FFFD in a stream: text was decoded in pieces that end inside of characters. */
export const isReplacedInStream = (view: View): boolean => {
  const echo = view.streamed ? echoOf(view) : undefined
  return echo !== undefined && damageOf(echo) === 'replaced' && echo.content.includes('\uFFFD')
}

/** From the first word of the line to its last, where the content has both. */
const between = (content: string, line: string): string | undefined => {
  const words = line.trim().split(/\s/)
  const [first, last] = [words[0] as string, words[words.length - 1] as string]
  const from = content.indexOf(first)
  const to = content.indexOf(last, from + first.length)
  return from < 0 || to < 0 ? undefined : content.slice(from, to + last.length)
}

/** What is left of an echo when all that may have been harmed is taken away. */
const skeleton = (text: string): string => text.replace(/[^\0-\x7f]/g, '').replace(/\s+/g, ' ')

const asLatin1 = (text: string): string => Buffer.from(text).toString('latin1')

/** Bytes 80 to 9F of https://encoding.spec.whatwg.org/#windows-1252, which the TextDecoder of Node.js 20 reads as ISO 8859-1. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const asWindows1252 = (latin1: string): string =>
  latin1.replace(/[\x80-\x9f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80] as string)

const damage = (echo: string, line: string): string | undefined => {
  const runs = line.match(/[^\0-\x7f]+/gu) ?? []
  if (runs.map(asLatin1).some((run) => echo.includes(run) || echo.includes(asWindows1252(run)))) return 'mojibake'
  if (runs.some((run) => echo.toLowerCase().includes(`\\u${run.charCodeAt(0).toString(16).padStart(4, '0')}`))) return 'escaped'
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(echo)) return 'lone-surrogate'
  // a model that draws its words by chance draws broken characters too
  if (echo.includes('\uFFFD') && !line.includes('\uFFFD') && skeleton(echo) === skeleton(line)) return 'replaced'
  const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
  const without = (filler: string) => squeezed(line.replace(/[^\0-\x7f]/gu, filler))
  if (!line.includes('?') && echo.includes('?') && squeezed(echo.replace(/\?/g, ' ')) === without(' ')) return 'replaced'
  // no model forgets so neatly: all that is not ASCII, all marks, or all that is astral
  if (squeezed(echo) === without('') || squeezed(echo) === without(' ')) return 'lost'
  const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')
  if (bare(echo) === bare(line) && bare(echo) === echo.normalize('NFD')) return 'lost'
  const spaced = squeezed(line.replace(/[\u{10000}-\u{10FFFF}]|\uFE0F|\u200D/gu, ' '))
  if (!line.includes('?') && echo.includes('?') && squeezed(echo.replace(/\?/g, ' ')) === spaced) return 'replaced'
  const withoutAstral = squeezed(line.replace(/[\u{10000}-\u{10FFFF}]/gu, '').replace(/[\uFE0F\u200D]/g, ''))
  return withoutAstral !== squeezed(line) && squeezed(echo) === withoutAstral ? 'lost' : undefined
}
