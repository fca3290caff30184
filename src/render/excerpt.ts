import type { Witness } from '../types.ts'
import { escapeTerminal } from './escape.ts'
import { characterWidth, stringWidth } from './width.ts'

export interface ShownExcerpt {
  readonly text: string
  /** The line below: blanks and carets, empty when the member was not found. */
  readonly carets: string
}

interface Glyph {
  readonly shown: string
  readonly width: number
  readonly marked: boolean
}

const glyphsOf = ({ excerpt, mark }: Pick<Witness, 'excerpt' | 'mark'>): readonly Glyph[] => {
  const [from, to] = mark ?? [-1, -1]
  // an empty span still points at the character it stands before
  const end = Math.max(to, from + 1)
  let at = 0
  return [...excerpt].map((character) => {
    const start = at
    at += character.length
    const shown = escapeTerminal(character)
    const width = shown === character ? characterWidth(character) : stringWidth(shown)
    return { shown, width, marked: start < end && at > from && from >= 0 }
  })
}

const widthOf = (glyphs: readonly Glyph[]) => glyphs.reduce((sum, { width }) => sum + width, 0)

const take = (glyphs: readonly Glyph[], width: number): readonly Glyph[] => {
  let used = 0
  const end = glyphs.findIndex((glyph) => {
    used += glyph.width
    return used > width
  })
  return end < 0 ? glyphs : glyphs.slice(0, end)
}

/** Where to begin so that the mark is in sight with a third of the line before it. */
const beginning = (glyphs: readonly Glyph[], first: number, width: number): number => {
  if (first < 0 || widthOf(glyphs.slice(0, first + 1)) + 8 <= width - 1) return 0
  let begin = first
  for (let room = Math.floor(width / 3); begin > 0 && room > 0; begin--) room -= glyphs[begin - 1]?.width ?? 0
  return begin
}

/** An excerpt in at most `width` cells, escaped, cut around the mark, with the line of carets that belongs below it. */
export const showExcerpt = (witness: Pick<Witness, 'excerpt' | 'mark'>, width: number): ShownExcerpt => {
  const glyphs = glyphsOf(witness)
  const whole = widthOf(glyphs) <= width
  const begin = whole
    ? 0
    : beginning(
        glyphs,
        glyphs.findIndex(({ marked }) => marked),
        width,
      )
  const lead = begin > 0 ? 1 : 0
  const rest = glyphs.slice(begin)
  const fits = widthOf(rest) <= width - lead
  const shown = fits ? rest : take(rest, width - lead - 1)
  const carets = shown.map(({ width: cells, marked }) => (marked ? '^' : ' ').repeat(cells)).join('')
  return {
    text: `${lead ? '…' : ''}${shown.map((glyph) => glyph.shown).join('')}${fits ? '' : '…'}`,
    carets: `${lead ? ' ' : ''}${carets}`.trimEnd(),
  }
}
