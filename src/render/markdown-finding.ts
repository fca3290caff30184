import type { FindingReport } from '../types.ts'
import { escapeMarkdown, escapeTerminal } from './escape.ts'
import { showExcerpt } from './excerpt.ts'
import { cut } from './width.ts'
import { levelGlyphs, seenIn, whereabouts } from './words.ts'

/** A code element for any text; backticks where these are safe, because the source is read too. */
export const code = (text: string): string => {
  const shown = escapeTerminal(text)
  return /[`|]/.test(shown) || shown.trim() !== shown || shown === '' ? htmlCode(text) : `\`${shown}\``
}

/** The form for HTML blocks, in which Markdown is not read. */
export const htmlCode = (text: string): string => `<code>${escapeMarkdown(text)}</code>`

/** A sentence from a suite: its backticks are meant, everything else is text. */
export const prose = (text: string): string =>
  text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escapeMarkdown(part)))
    .join('')

export const fenced = (lines: readonly string[], language: string): readonly string[] => {
  const longest = Math.max(2, ...[...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence]
}

const sourceOf = ({ sources }: FindingReport): readonly string[] =>
  sources.slice(0, 3).map(({ title, url, path, quote }) => {
    const link = url && /^https:\/\/[^\s()<>"]+$/.test(url) ? `[${escapeMarkdown(title)}](${url})` : escapeMarkdown(title)
    return `- because: ${link}${path ? ` ${code(path)}` : ''}${quote ? ` “${prose(quote)}”` : ''}`
  })

/** One finding, folded away behind its name. */
export const findingBlock = (finding: FindingReport): readonly string[] => {
  const { id, level, requirement, code: violation, text, expected, again, baseline } = finding
  const [witness] = finding.witnesses
  const actual = finding.actual ?? witness.actual
  const { text: excerpt, carets } = showExcerpt(witness, 110)
  const value = (label: string, content: string | undefined) =>
    content === undefined ? [] : [`- ${label}: ${code(cut(escapeTerminal(content), 200))}`]
  const commands = [again.run, again.judge, again.curl].filter((command) => command !== undefined).map(escapeTerminal)
  return [
    `<details><summary>${levelGlyphs[level]} ${level.toUpperCase()} ${htmlCode(requirement)} ${escapeMarkdown(violation)} · ${htmlCode(id)}</summary>`,
    '',
    ...(text === '' ? [] : [prose(text), '']),
    ...(excerpt === '' ? [] : [...fenced([excerpt, ...(carets === '' ? [] : [carets])], 'text'), '']),
    `- where: ${code(whereabouts(witness.at))}`,
    ...value('expected', expected),
    ...value('actual', actual),
    ...sourceOf(finding),
    `- seen in ${prose(seenIn(finding))}`,
    ...(baseline ? [`- known: ${prose(baseline.reason)}`] : []),
    '',
    ...fenced(commands, 'sh'),
    '',
    '</details>',
    '',
  ]
}
