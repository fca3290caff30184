import { expect, test } from 'vitest'
import { showExcerpt } from './excerpt.ts'
import { stringWidth } from './width.ts'

const marked = (excerpt: string, member: string) => {
  const from = excerpt.indexOf(member)
  return { excerpt, mark: [from, from + member.length] as const }
}
/** What stands above the carets. */
const above = ({ text, carets }: { readonly text: string; readonly carets: string }) => {
  let column = 0
  return [...text]
    .filter((character) => {
      const here = carets.charAt(column)
      column += stringWidth(character)
      return here === '^'
    })
    .join('')
}

test('the carets stand below the member', () => {
  const shown = showExcerpt(marked('{"a":1,"b":"x"}', '"x"'), 80)
  expect(shown).toEqual({ text: '{"a":1,"b":"x"}', carets: '           ^^^' })
})

test('escaping before and inside the member keeps them aligned', () => {
  expect(above(showExcerpt(marked('\u001b[31m日本\u202e{"b":"x\ny"}', '"x\ny"'), 80))).toBe('"x␊y"')
  expect(above(showExcerpt(marked('👍👍 "\u202e" tail', '"\u202e"'), 80))).toBe('"<U+202E>"')
})

test('a long text is cut around the member, never beyond the width', () => {
  const long = marked(`${'a'.repeat(300)}"x"${'日'.repeat(300)}`, '"x"')
  for (const width of [30, 31, 80]) {
    const shown = showExcerpt(long, width)
    expect(stringWidth(shown.text)).toBeLessThanOrEqual(width)
    expect(above(shown)).toBe('"x"')
    expect([shown.text.startsWith('…'), shown.text.endsWith('…')]).toEqual([true, true])
  }
})

test('a member longer than the line is marked as far as it shows', () => {
  const shown = showExcerpt(marked(`{"b":"${'x'.repeat(200)}"}`, `"${'x'.repeat(200)}"`), 40)
  expect(shown.text).toHaveLength(40)
  expect(shown.carets.trimStart()).toMatch(/^\^{30,}$/)
})

test('an empty span points at a place; no span, no carets', () => {
  expect(showExcerpt({ excerpt: '{}', mark: [1, 1] }, 20).carets).toBe(' ^')
  expect(showExcerpt({ excerpt: '{}' }, 20).carets).toBe('')
})

test('a span that lies nowhere marks nothing and throws nothing', () => {
  expect(showExcerpt({ excerpt: '{}', mark: [50, 60] }, 20).carets).toBe('')
  expect(showExcerpt({ excerpt: '', mark: [0, 4] }, 20)).toEqual({ text: '', carets: '' })
})
