/** Bytes that are no text, and control characters, which no model writes that has learned to write. */
const debris = /[\ufffd\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** Scripts that a sensible text seldom mixes; those of one language count as one. */
const scripts: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
  /[\p{Script=Armenian}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Tifinagh}\p{Script=Runic}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Bengali}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tibetan}]/u,
]

/** Brackets, and capitals behind small letters. */
const joints = /[[\]{}<>|`]|\p{Ll}\p{Lu}/gu

/** Words of one script, but stuck together and full of brackets: vocabularies are made of such pieces, sentences are not. */
const isBabble = (text: string): boolean => text.length >= 40 && (text.match(joints)?.length ?? 0) > text.length / 25

/**
 * Whether a text reads like the output of random weights. Marks of a protocol in such a text are tokens drawn by chance,
 * and no sign that a server forgot to take something out.
 */
export const isNoise = (text: string): boolean => isForeign(text) || isBabble(text)

/** The same by its characters alone, so that it can be told of markup too. */
export const isForeign = (text: string): boolean => debris.test(text) || scripts.filter((script) => script.test(text)).length > 2
