/** Ranges that terminals draw two cells wide: Unicode 16 East Asian Width W and F, in the blocks that text really uses. */
const wide: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
]

const zero = /^[\p{Mn}\p{Me}]$/u
const emoji = /^\p{Emoji_Presentation}$/u

/** How many terminal cells a code point takes. */
export const characterWidth = (character: string): 0 | 1 | 2 => {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (zero.test(character)) return 0
  return emoji.test(character) || wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1
}

/** How many terminal cells a text takes; it must be escaped and carry no colour. */
export const stringWidth = (text: string): number => {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** Cuts a text to a width; what was cut shows as `…`. */
export const cut = (text: string, width: number): string => {
  if (text.length <= width && stringWidth(text) <= width) return text
  let shown = ''
  let used = 0
  for (const character of text) {
    used += characterWidth(character)
    if (used > width - 1) break
    shown += character
  }
  return `${shown}…`
}

/** Breaks prose at spaces; a word longer than the line stands alone. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
