import { readFileSync } from 'node:fs'
import { load } from '../../index.ts'
import { renderMatrixMarkdown, renderMatrixPretty } from '../../render/matrix.ts'
import { buildMatrix } from '../../report/matrix.ts'
import type { Report } from '../../types.ts'
import { CliError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface MatrixOptions {
  readonly report: readonly string[]
  readonly profile?: readonly string[]
  readonly markdown?: boolean
}

/** Puts reports side by side, one table per profile; only reports of the same suites share one. */
export const matrix = async (options: MatrixOptions, { out, palette, width }: Terminal): Promise<number> => {
  const reports = options.report.map(readReport)
  const { catalog } = load()
  const wanted = options.profile ?? catalog.profiles.map(({ id }) => id)
  for (const id of wanted) {
    const profile = catalog.profiles.find((candidate) => candidate.id === id)
    if (!profile) throw new CliError(`there is no profile "${id}"; there are ${catalog.profiles.map((known) => known.id).join(', ')}`)
    const table = buildMatrix(reports, profile)
    out(options.markdown ? renderMatrixMarkdown(table) : renderMatrixPretty(table, { palette, width }))
  }
  return 0
}

const readReport = (file: string): Report => {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    if (report.format !== 1 || report.tool?.name !== 'wirecheck') throw new Error('it is no report of wirecheck, format 1')
    return report
  } catch (error) {
    throw new CliError(`${file} cannot be used: ${(error as Error).message}`)
  }
}
