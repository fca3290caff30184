import { load } from '../../index.ts'
import { renderMatrixMarkdown, renderMatrixPretty } from '../../render/matrix.ts'
import { buildMatrix } from '../../report/matrix.ts'
import { CliError } from '../exit-code.ts'
import { readReport } from '../read-report.ts'
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
