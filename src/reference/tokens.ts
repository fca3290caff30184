/**
 * A token is up to six characters of one word, with the white space before it. Characters are whole code points,
 * so a token never splits a surrogate pair, and the tokens joined are the text.
 */
const pattern = /\s?[^\s]{1,6}|\s/gu

export const tokensOf = (text: string): string[] => text.match(pattern) ?? []

export const countTokens = (text: string): number => (text === '' ? 0 : tokensOf(text).length)
