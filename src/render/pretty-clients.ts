import type { ClientReport, Palette, Report } from '../types.ts'
import { apiWords, clientGlyphs, clientTones, packageWords, type SymptomGroup, symptomGroups } from './client-words.ts'
import { escapeTerminal } from './escape.ts'
import { cut, wrap } from './width.ts'
import { plural } from './words.ts'

interface Options {
  readonly palette: Palette
  readonly width: number
  readonly verbose: boolean
}

/** Requirements that are named under a symptom before the rest is counted. */
const named = 3

const explanation = ({ requirements, unexplained, first }: SymptomGroup): string => {
  const words = requirements.slice(0, named).join(', ')
  const more = requirements.length > named ? ` and ${requirements.length - named} more` : ''
  if (unexplained > 0) return `unexplained on ${plural(unexplained, 'exchange')}: a hole in the suites, please report it`
  return words === '' ? (first.refused ? 'the endpoint refused or did not answer' : '') : `because of ${words}${more}`
}

const groupLines = (group: SymptomGroup, { palette, width }: Options): readonly string[] => {
  const { first, exchanges } = group
  const where = `${first.evidence.probe}${exchanges > 1 ? ` and ${exchanges - 1} more` : ''}`
  const line = (text: string) => wrap(escapeTerminal(text), width - 8).map((each) => `        ${each}`)
  const why = explanation(group)
  return [
    `      ${palette[clientTones[first.result]](`${first.api} ${first.symptom}`)}  ${palette.dim(escapeTerminal(where))}`,
    ...line(first.sees),
    ...(first.error === undefined ? [] : [`        ${palette.dim(cut(escapeTerminal(first.error), width - 8))}`]),
    ...(why === '' ? [] : line(why).map((each) => (group.unexplained > 0 ? palette.yellow(each) : each))),
  ]
}

const clientBlock = (client: ClientReport, report: Report, options: Options): readonly string[] => {
  const { palette, width, verbose } = options
  const groups = symptomGroups(client, report)
  const shown = verbose ? groups : groups.filter(({ first }) => first.result === 'breaks').slice(0, 5)
  const left = groups.length - shown.length
  const tone = palette[clientTones[client.result]]
  return [
    `    ${tone(`${clientGlyphs[client.result]} ${client.result}`)}  ${palette.bold(escapeTerminal(client.client))}  ${apiWords(client)}`,
    ...wrap(escapeTerminal(packageWords(client)), width - 6).map((line) => `      ${palette.dim(line)}`),
    ...shown.flatMap((group) => groupLines(group, options)),
    ...(left > 0 ? [palette.dim(`      ${plural(left, 'lesser symptom')}; --verbose shows them`)] : []),
  ]
}

/** What the code of each client that was named made of the recorded answers. */
export const clientLines = (report: Report, options: Options): readonly string[] =>
  report.clients === undefined
    ? []
    : [
        `  ${options.palette.bold('clients')}  ${options.palette.dim('what their own code made of the recorded answers')}`,
        ...report.clients.flatMap((client) => clientBlock(client, report, options)),
        '',
      ]
