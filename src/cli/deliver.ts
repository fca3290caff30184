import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Builtins } from '../builtin/builtins.ts'
import { judge, report as makeReport } from '../index.ts'
import { renderJson } from '../render/json.ts'
import { renderJunit } from '../render/junit.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { plainPalette } from '../render/palette.ts'
import { renderPretty } from '../render/pretty.ts'
import type { BaselineEntry } from '../report/baseline.ts'
import { exitCode } from '../report/exit.ts'
import { parseYaml } from '../suite/source-map.ts'
import { redactDeep } from '../transport/redact.ts'
import type { ClientReplay, Report, Transcript } from '../types.ts'
import { CliError } from './exit-code.ts'
import type { ReportOptions } from './options.ts'
import type { Terminal } from './terminal.ts'
import { writeWhole } from './write-file.ts'

export interface DeliverInput {
  readonly builtins: Builtins
  readonly transcript: Transcript
  /** The transcript's file, for the commands under a finding. */
  readonly file: string
  readonly options: Partial<ReportOptions>
  /** Words that reach the target again, and suite files of the user: for the commands under a finding. */
  readonly reach: readonly string[]
  readonly files: readonly string[]
  /** Where report.json goes; absent: nowhere. */
  readonly folder?: string
  /** What must not be shown or written, however it got into the report. */
  readonly secrets?: readonly string[]
  /** What clients made of the run, where some were named. */
  readonly clients?: readonly ClientReplay[]
  /** Narrows what is shown to probes that were selected. */
  readonly narrow?: (report: Report) => Report
}

const reportForms = ['pretty', 'json', 'markdown', 'junit'] as const

interface Rendering<Name extends string> {
  readonly name: Name | 'pretty'
  readonly file?: string
}

/** Checks `--render` before anything is sent. @throws CliError */
export const renderingsOf = <Name extends string = (typeof reportForms)[number]>(
  words: readonly string[] = [],
  names: readonly Name[] = reportForms as readonly string[] as readonly Name[],
): readonly Rendering<Name>[] => {
  const renderings = words.map((word): Rendering<Name> => {
    const [name = '', ...file] = word.split('=')
    if (!names.includes(name as Name)) throw new CliError(`--render ${name} is none of ${names.join(', ')}`)
    return { name: name as Name, ...(file.length > 0 ? { file: file.join('=') } : {}) }
  })
  if (renderings.filter(({ file }) => file === undefined).length > 1)
    throw new CliError('only one --render can go to standard output; give the others a file: --render json=report.json')
  return renderings.some(({ file }) => file === undefined) ? renderings : [...renderings, { name: 'pretty' }]
}

/** Reads a baseline; every entry needs a reason. @throws CliError */
export const readBaseline = (file: string): readonly BaselineEntry[] => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CliError(`cannot read the baseline ${file}: ${(error as Error).message}`)
  }
  const { value, place } = parseYaml(text, file)
  const entries = (value as { findings?: unknown } | null)?.findings
  if (!Array.isArray(entries)) throw new CliError(`${file}:1:1  a baseline is a list under "findings:", each entry with "id" and "reason"`)
  return entries.map((entry: unknown, index) => {
    const { id, reason, requirement } = (entry ?? {}) as Partial<Record<keyof BaselineEntry, unknown>>
    const { line, column } = place(`/findings/${index}`)
    // YAML reads an id of digits alone as a number
    if (typeof id !== 'string' && typeof id !== 'number') throw new CliError(`${file}:${line}:${column}  the entry has no "id"`)
    if (typeof reason !== 'string' || reason.trim() === '')
      throw new CliError(`${file}:${line}:${column}  the entry for ${id} has no "reason"`)
    return { id: String(id), reason, ...(typeof requirement === 'string' ? { requirement } : {}) }
  })
}

/** Judges a transcript, writes and prints the report, and says the exit code. */
export const deliver = (input: DeliverInput, terminal: Terminal): { report: Report; exit: number } => {
  const { builtins, transcript, file, options, reach, files, folder, secrets = [], narrow = (report) => report } = input
  const renderings = renderingsOf(options.render)
  const asked = (options.profile ?? []).filter((id) => id !== 'full')
  const whole = redactDeep(
    makeReport(builtins, transcript, judge(builtins, transcript), {
      transcript: file,
      reach,
      files,
      ...(folder === undefined ? {} : { reportFile: join(folder, 'report.json') }),
      ...(asked.length > 0 ? { profiles: asked } : {}),
      ...(options.baseline === undefined ? {} : { baseline: readBaseline(options.baseline) }),
      ...(input.clients === undefined ? {} : { clients: input.clients }),
    }),
    secrets,
  )
  const report = narrow(whole)
  const written: string[] = []
  if (folder !== undefined) {
    const reportFile = join(folder, 'report.json')
    writeWhole(reportFile, renderJson(report))
    written.push(file, reportFile)
  }
  for (const rendering of renderings) {
    const text = render(rendering, report, builtins, options, terminal)
    if (rendering.file === undefined) terminal.out(text)
    else {
      writeWhole(rendering.file, text)
      written.push(rendering.file)
    }
  }
  const pretty = renderings.some(({ name, file: target }) => name === 'pretty' && target === undefined)
  for (const path of written) (pretty ? terminal.out : terminal.err)(`  ${terminal.palette.dim('written')} ${path}\n`)
  const gate = { failOn: options.failOn ?? 'must', strict: options.strict ?? false, profiles: asked }
  return { report, exit: exitCode(report, gate) }
}

const render = (
  { name, file }: Rendering<(typeof reportForms)[number]>,
  report: Report,
  builtins: Builtins,
  options: Partial<ReportOptions>,
  { palette, width }: Terminal,
): string => {
  if (name === 'json') return renderJson(report)
  if (name === 'markdown') return renderMarkdown(report)
  if (name === 'junit') return renderJunit(report, { failOn: options.failOn ?? 'must' })
  const titles = Object.fromEntries(builtins.suites.map(({ id, title }) => [id, title]))
  return renderPretty(report, { palette: file === undefined ? palette : plainPalette, width, verbose: options.verbose ?? false, titles })
}
