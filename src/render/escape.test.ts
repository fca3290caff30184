import { expect, test } from 'vitest'
import { escapeMarkdown, escapeTerminal, escapeXml } from './escape.ts'

const every = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('')

test('a terminal gets no control, no format character and no lone surrogate', () => {
  const shown = escapeTerminal(`${every}\ud800\u{e0041}\ufeff`)
  expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
})

test('what is hidden is made visible, and the rest stays', () => {
  expect(escapeTerminal('\u001b[31mred\u001b[0m\r\n\t\u007f')).toBe('␛[31mred␛[0m␍␊␉␡')
  expect(escapeTerminal('a\u202eb\u0085\u200d')).toBe('a<U+202E>b<U+0085><U+200D>')
  expect(escapeTerminal('naïve 日本語 👍 “x”')).toBe('naïve 日本語 👍 “x”')
})

test('Markdown keeps no meaning', () => {
  expect(escapeMarkdown('<img src=x>|`x`|[a](b)')).toBe('&#60;img src=x&#62;&#124;&#96;x&#96;&#124;&#91;a&#93;(b)')
  expect(escapeMarkdown('*a* _b_ ~c~ \\ #1 @all $x$ !')).not.toMatch(/(?<!&)[*_~\\#@$!]/)
  expect(escapeMarkdown('https://x.y www.x.y :tada: 12:30:00 a_b')).toBe('https&#58;//x.y www&#46;x.y &#58;tada: 12:30:00 a_b')
  expect(escapeMarkdown('a\nb')).toBe('a␊b')
})

test('XML gets only what XML 1.0 may contain', () => {
  const shown = escapeXml(`${every}\ud800\uffff\ufffe\u{1f44d}`)
  expect(shown).not.toMatch(/[^\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  expect(escapeXml('<a b="c" d=\'e\'>&\n\u0000]]>')).toBe('&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;&#10;]]&gt;')
})
