/** Control characters, format characters (bidi overrides and other invisible ones), separators of lines, and lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '␡'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/**
 * For a terminal: nothing that an endpoint sent can move the cursor, change a colour, reorder text or hide.
 * The C0 controls become their pictures (`␛`, `␊`), one cell each, so that columns stay where they are.
 */
export const escapeTerminal = (text: string): string => text.replace(invisible, visible)

/**
 * For Markdown, inline: no character keeps a meaning, neither as markup nor as HTML, link, table border or emoji.
 * Mentions and issue numbers are found in the rendered text, so what an endpoint sent belongs inside a code element besides.
 */
export const escapeMarkdown = (text: string): string =>
  escapeTerminal(text).replace(
    /[&<>"'`*~[\]|\\@#$!{}]|(?<!\w)_|_(?!\w)|:(?=\/\/)|(?<!\d):(?=[\w+-]+:)|(?<=www)\./gi,
    (character) => `&#${character.charCodeAt(0)};`,
  )

/** XML 1.0, section 2.2: the characters that no document may contain, not even as a reference. */
const illegal = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** For XML text and attribute values alike; white space is written as references, for attributes would lose it. */
export const escapeXml = (text: string): string =>
  text.replace(illegal, '').replace(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? '')
