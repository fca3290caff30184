import { createHmac } from 'node:crypto'

/** Replaces words; everything that is no letter and no digit stays where it is. */
export interface Words {
  /** Each character becomes one of the same kind and of as many bytes, so that lengths and offsets stay. */
  readonly text: (text: string, keep?: ReadonlySet<string>) => string
}

const wordPattern = /[\p{L}\p{N}]+/gu

/** Tries to find a replacement that no other word has; there are only so many words of one letter. */
const mostTries = 200

/**
 * The same word always becomes the same other word, whatever its case, so that what was equal, or a part of another
 * text word by word, still is. The key decides how; without it nothing leads back except guessing from frequencies.
 */
export const createWords = (key: Uint8Array, always: ReadonlySet<string>): Words => {
  const known = new Map<string, string>()
  const taken = new Set<string>()
  const replacementOf = (word: string): string => {
    const found = known.get(word)
    if (found !== undefined) return found
    let made = word
    for (let tries = 0; tries < mostTries; tries++) {
      made = spell(word, stream(key, `${tries} ${word}`))
      if (made !== word && !taken.has(made) && !always.has(made)) break
    }
    known.set(word, made)
    taken.add(made)
    return made
  }
  return {
    text: (text, keep) =>
      text.replace(wordPattern, (word, at: number) => {
        const plain = lower(word)
        if (always.has(plain) || keep?.has(plain) || isMarkup(plain, text[at - 1], text[at + word.length])) return word
        return withCase(replacementOf(plain), word)
      }),
  }
}

/** Only ASCII: other letters change their length with their case. */
const lower = (word: string): string => word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

const withCase = (made: string, word: string): string =>
  /[A-Z]/.test(word) ? made.replace(/[a-z]/g, (letter, at: number) => (/[A-Z]/.test(word[at] ?? '') ? letter.toUpperCase() : letter)) : made

/** Numbers without end that a key and a text decide. */
const stream = (key: Uint8Array, text: string): (() => number) => {
  let block = Buffer.alloc(0)
  let used = 0
  let count = 0
  return () => {
    if (used + 2 > block.length) {
      block = createHmac('sha256', key).update(`${count++} ${text}`).digest()
      used = 0
    }
    used += 2
    return block.readUInt16BE(used - 2)
  }
}

/** Letters by the number of bytes that UTF-8 needs for them: Greek, Han, and Han beyond the basic plane. */
const letters: Readonly<Record<number, readonly [first: number, count: number]>> = {
  2: [0x3b1, 17],
  3: [0x4e00, 0x4000],
  4: [0x20000, 0x4000],
}

const spell = (word: string, next: () => number): string => {
  let made = ''
  for (const char of word) {
    if (/[0-9]/.test(char)) made += String(next() % 10)
    else if (/[a-z]/.test(char)) made += String.fromCharCode(97 + (next() % 26))
    else {
      const [first, count] = letters[Buffer.byteLength(char)] ?? [0x61, 26]
      made += String.fromCodePoint(first + (next() % count))
    }
  }
  return made
}

/** Words of which models make markup. Between its signs they are no text of anybody's, and findings speak of them. */
const markup = new Set(
  `tool tools call calls think thinking thought thoughts reasoning seed mm function functions parameter parameters invoke minimax python tag
  begin end section argument arguments args arg sep channel message constrain commentary analysis final im start eot dsml key value of json
  name id type inst`.split(/\s+/),
)

/** What ids begin with tells which server or gateway made them, and nothing else. */
const idPrefixes = new Set('chatcmpl cmpl resp msg call fc rs toolu tooluse'.split(' '))

const isMarkup = (word: string, before: string | undefined, after: string | undefined): boolean =>
  (before === undefined && idPrefixes.has(word) && /[_-]/.test(after ?? ' ')) ||
  (markup.has(word) && /[<|/[▁｜◁_:="`]/.test(before ?? ' ') && /[>|\]▁｜▷_:=."\n]/.test(after ?? ' '))
