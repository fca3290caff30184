import type { Violation } from '../types.ts'
import { defineCheck, inBody, unobserved, verdictOf } from './define-check.ts'
import { bodyOf } from './failure.ts'
import { asArray, asObject, asString, show } from './read.ts'

/** Deliberately few: each matches what no message for callers contains. */
const leaks: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['stack-trace', /Traceback \(most recent call last\)/],
  ['stack-trace', /\bFile "[^"\n]+", line \d+/],
  ['stack-trace', /(^|\n)\s+at \S.{0,200}[(\s][^()\n]{1,300}:\d+(:\d+)?\)?/],
  ['stack-trace', /\bat [\w$.<>]+\((\w+\.java|\w+\.kt|Native Method)(:\d+)?\)/],
  ['stack-trace', /\bat Object\.<anonymous> \(/],
  ['stack-trace', /\bgoroutine \d+ \[/],
  ['stack-trace', /\bthread '[^']{0,80}' (\(\d+\) )?panicked at/],
  ['language-repr', /<class '[\w.]+'>/],
  ['language-repr', /<[\w.]+( object)? at 0x[0-9a-fA-F]+>/],
  ['language-repr', /\{'\w+': /],
  ['file-path', /(^|[\s"'`(=])\/(home|Users|root|usr|opt|var|srv|tmp|mnt|workspace|app)\/[\w.@+-]+(\/[\w.@+-]+)+/],
  ['file-path', /(^|[\s"'`(=])\/(\w[\w.@+-]*\/)+[\w.@+-]+\.(py|js|mjs|ts|go|rs|rb|java|cpp|cc|php)\b/],
  ['file-path', /\b[A-Z]:\\[\w .@+-]+\\[\w .@+-]+/],
]

/** Longer texts are cut before matching: a message is short, and patterns must stay cheap. */
const maxText = 20_000
const maxTexts = 50

export const messageClean = defineCheck({
  id: 'message-clean',
  summary: 'error texts hold no stack trace, file path or printed object',
  codes: ['stack-trace', 'language-repr', 'file-path'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    if (view.response.status < 400) return unobserved(`answered ${view.response.status}`)
    // what a caller sent may be quoted, and the id of a local model may be a path
    const model = asString(asObject(view.request)?.model)
    const texts: { pointer: string; text: string }[] = []
    collect(bodyOf(view), '', texts, 0)
    const violations: Violation[] = []
    for (const { pointer, text } of texts) {
      const cleaned = model?.includes('/') ? text.replaceAll(model, '') : text
      const leak = leakIn(cleaned)
      if (leak) violations.push({ ...leak, at: inBody(pointer), expected: 'words for the caller' })
    }
    return verdictOf(violations.slice(0, 3), texts.length, 'no text in a JSON body')
  },
})

const leakIn = (text: string): Pick<Violation, 'code' | 'actual'> | undefined => {
  for (const [code, pattern] of leaks) {
    const found = pattern.exec(text)
    if (found) return { code, actual: show(found[0].trim()) }
  }
  return undefined
}

const collect = (value: unknown, pointer: string, texts: { pointer: string; text: string }[], depth: number): void => {
  if (texts.length >= maxTexts || depth > 6) return
  if (typeof value === 'string') texts.push({ pointer, text: value.slice(0, maxText) })
  const children = asArray(value)?.slice(0, maxTexts).entries() ?? Object.entries(asObject(value) ?? {}).slice(0, maxTexts)
  for (const [name, child] of children)
    collect(child, `${pointer}/${String(name).replace(/~/g, '~0').replace(/\//g, '~1')}`, texts, depth + 1)
}
