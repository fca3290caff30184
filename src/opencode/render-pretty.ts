import { escapeTerminal } from '../render/escape.ts'
import { cut, wrap } from '../render/width.ts'
import type { Palette } from '../types.ts'
import type { Cause } from './cause.ts'
import { createShortener, describeEffective } from './describe.ts'
import type { Diagnosis } from './diagnose.ts'
import type { Fix, Problem } from './rule.ts'
import { showPlace, type World } from './world.ts'

export interface PrettyOptions {
  readonly palette: Palette
  readonly width: number
  readonly world: Pick<World, 'cwd' | 'home'>
  /** Show every cause and every note, not only what fits on a screen. */
  readonly verbose: boolean
}

type Shorten = (text: string) => string

const gutter = 13
const mostCauses = 3
const mostProblems = 8

const row = (label: string, text: string, { palette, width }: PrettyOptions): readonly string[] =>
  wrap(escapeTerminal(text), Math.max(30, width - gutter)).map(
    (line, index) => `     ${palette.dim((index === 0 ? label : '').padEnd(8))}${line}`,
  )

/** What is there to be pasted is never wrapped or cut. */
const block = (label: string, head: string, lines: readonly string[], { palette }: PrettyOptions): readonly string[] => [
  `     ${palette.dim(label.padEnd(8))}${head}`,
  ...lines.map((line) => `             ${escapeTerminal(line)}`),
]

const fixLines = (fix: Fix, options: PrettyOptions, short: Shorten): readonly string[] => {
  if (fix.kind === 'config') {
    const note = fix.note === undefined ? '' : ` (${fix.note})`
    return block('fix', `merge into ${escapeTerminal(short(fix.file))}${note}`, JSON.stringify(fix.patch, null, 2).split('\n'), options)
  }
  if (fix.kind === 'command') return block('fix', 'run', [fix.line], options)
  if (fix.kind === 'flag') return block('fix', `start ${fix.server} with`, [fix.flag], options)
  if (fix.kind === 'say') return row('fix', fix.text, options)
  return [
    ...row('vendor', fix.text, options),
    // a key is a variable of the shell there, and the line is there to be copied
    ...(fix.curl === undefined ? [] : [`             ${escapeTerminal(fix.curl.length > 2000 ? cut(fix.curl, 2000) : fix.curl)}`]),
  ]
}

const causeLines = (cause: Cause, index: number, options: PrettyOptions, short: Shorten): readonly string[] => {
  const { palette, width } = options
  const sign = cause.breaks ? palette.red('✗') : palette.yellow('⚠')
  const head = wrap(escapeTerminal(cause.title), width - 5)
  return [
    `  ${index + 1} ${sign} ${palette.bold(cause.culprit.toUpperCase())}  ${palette.dim(cause.id)}`,
    ...head.map((line) => `     ${palette.bold(line)}`),
    ...(cause.where === undefined ? [] : row('where', showPlace({ ...cause.where, file: short(cause.where.file) }), options)),
    ...(cause.sees === '' ? [] : row('you see', cause.sees, options)),
    ...(cause.wire === undefined
      ? []
      : [`     ${palette.dim('wire'.padEnd(8))}${cut(escapeTerminal(cause.wire), Math.max(30, width - gutter))}`]),
    ...cause.fixes.flatMap((fix) => fixLines(fix, options, short)),
    '',
  ]
}

const signs = { error: '✗', warning: '⚠', note: '·' } as const

const problemLine = ({ rule, level, message, at }: Problem, { palette, width }: PrettyOptions, short: Shorten): string => {
  const tone = level === 'error' ? palette.red : level === 'warning' ? palette.yellow : palette.dim
  const place = showPlace({ ...at, file: short(at.file) })
  return `    ${tone(signs[level])} ${rule}  ${cut(escapeTerminal(`${place}  ${message}`), width - 14)}`
}

/** The diagnosis on one screen, most likely cause first. */
export const renderDiagnosis = (
  { effective, causes, problems, settings, notes, asked, tested, requests, secrets }: Diagnosis,
  options: PrettyOptions,
): string => {
  const { palette, verbose } = options
  const short = createShortener(options.world)
  const shown = (text: string) => escapeTerminal(short(text))
  const told = new Set(causes.flatMap(({ rules }) => rules))
  const rest = problems.filter(({ rule, level }) => !told.has(rule) && (verbose || level !== 'note'))
  const visible = verbose ? causes : causes.slice(0, mostCauses)
  const hidden = causes.length - visible.length
  const name = effective ? `${effective.provider}/${effective.model}` : 'no model'
  const files = settings.sources.map(({ file, level }) => `${shown(file)} (${level})`)
  const facts = effective ? describeEffective(effective, secrets) : []
  const broken = causes.filter(({ breaks }) => breaks).length
  const verdict =
    broken > 0
      ? palette.red(`✗ OpenCode cannot work like this: ${broken} ${broken === 1 ? 'cause' : 'causes'}`)
      : causes.length > 0
        ? palette.yellow('⚠ OpenCode works, with what is listed above')
        : asked && !tested
          ? palette.yellow('? no answer was read to its end, so that nothing can be said of the endpoint')
          : palette.green(asked ? '✓ nothing keeps OpenCode from working' : '✓ the configuration has no mistake')
  return [
    '',
    `  ${palette.bold('OpenCode 1.18')}  ${escapeTerminal(name)}`,
    `     ${palette.dim('read'.padEnd(8))}${files.length === 0 ? 'no configuration file was found' : files.join(', ')}`,
    ...facts.map(
      ({ name: label, value, from }) =>
        `     ${palette.dim(label.padEnd(8))}${escapeTerminal(value)}${from === undefined ? '' : palette.dim(`  ${from.split(', ').map(shown).join(', ')}`)}`,
    ),
    '',
    ...visible.flatMap((cause, index) => causeLines(cause, index, options, short)),
    ...(hidden > 0 ? [`    ${palette.dim(`${hidden} more with --verbose`)}`, ''] : []),
    ...(rest.length === 0
      ? []
      : [
          `  ${palette.bold('also in the configuration')}`,
          ...rest.slice(0, verbose ? rest.length : mostProblems).map((problem) => problemLine(problem, options, short)),
          ...(!verbose && rest.length > mostProblems ? [palette.dim(`    ${rest.length - mostProblems} more with --verbose`)] : []),
          '',
        ]),
    ...notes.map((note) => `  ${palette.dim('note')}  ${escapeTerminal(note)}`),
    `  ${verdict}${asked ? palette.dim(`  (${requests} requests)`) : ''}`,
    '',
  ].join('\n')
}
