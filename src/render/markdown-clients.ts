import type { Report } from '../types.ts'
import { apiWords, clientGlyphs, packageWords, symptomGroups } from './client-words.ts'
import { escapeMarkdown, escapeTerminal } from './escape.ts'
import { code } from './markdown-finding.ts'
import { cut } from './width.ts'

/** Clients and what breaks them, worst first; a comment has room for a few symptoms of each. */
export const clientRows = (report: Report): readonly string[] => {
  if (report.clients === undefined) return []
  const rows = report.clients.map((client) => {
    const groups = symptomGroups(client, report).slice(0, 4)
    const symptoms = groups.map(({ first, exchanges, requirements, unexplained }) => {
      const error = first.error === undefined ? '' : `: ${code(cut(escapeTerminal(first.error), 120))}`
      const why =
        unexplained > 0
          ? ', **unexplained**'
          : requirements.length > 0
            ? `, because of ${requirements.slice(0, 3).map(code).join(', ')}`
            : ''
      return `${code(first.symptom)} on ${exchanges}, ${escapeMarkdown(first.sees)}${error}${why}`
    })
    const cells = [
      code(client.client),
      `${clientGlyphs[client.result]} ${client.result}`,
      escapeMarkdown(apiWords(client)),
      symptoms.join('<br>'),
      escapeMarkdown(packageWords(client)),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return ['| client | result | replayed | symptoms | packages |', '| --- | --- | --- | --- | --- |', ...rows, '']
}
