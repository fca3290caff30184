/** Outside of code spans: what Markdown, or GitHub on top of it, would take for markup. */
const markup = /[\\*[\]<>$~|`]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|@(?=\w)/g

const escapeText = (text: string): string => text.replace(markup, (character) => `\\${character}`)

/**
 * A code span, whatever is in it: the fence is longer than any run of backticks inside (CommonMark 0.31, section 6.1).
 * Code spans know no escapes, and line breaks in them are spaces.
 */
export const codeSpan = (text: string): string => {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : ''
  return `${fence}${pad}${text.replace(/\s*\n\s*/g, ' ')}${pad}${fence}`
}

/** Prose of the suites, where backticks in pairs enclose code and nothing else is markup. */
export const prose = (text: string): string =>
  text
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapeText(part)))
    .join('')

/** A link whose address may hold anything: what would end it is percent-encoded (CommonMark 0.31, section 6.3). */
export const link = (text: string, address: string): string =>
  `[${prose(text)}](${address.replace(/[\s<>()\\]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)})`
