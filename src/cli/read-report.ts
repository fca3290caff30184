import { readFileSync } from 'node:fs'
import reportSchema from '../../schemas/report.json' with { type: 'json' }
import { escapeTerminal } from '../render/escape.ts'
import { misfitOf } from '../schema/misfit.ts'
import type { Report } from '../types.ts'
import { CliError } from './exit-code.ts'

/** A later version may say more: members that are not known are let pass, whatever the schema thinks of them. */
const openSchema = (): unknown =>
  JSON.parse(JSON.stringify(reportSchema), (name, value: unknown) =>
    name === 'additionalProperties' && value === false ? undefined : value,
  )

/**
 * Reads a report, which may come from anywhere.
 * @throws CliError in one line, when it is no report of this format
 */
export const readReport = (file: string): Report => {
  const unusable = (why: string) => new CliError(`${file} cannot be used: ${escapeTerminal(why)}`)
  let report: unknown
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw unusable(error instanceof SyntaxError ? 'it is no JSON' : (error as Error).message)
  }
  const { format, tool } = (report ?? {}) as Partial<Report>
  if (tool?.name !== 'wirecheck') throw unusable('it is no report of wirecheck')
  if (format !== 1) throw unusable('it is no report of format 1')
  const misfit = misfitOf(openSchema(), report)
  if (misfit) throw unusable(`it is no whole report: ${misfit.pointer || 'the whole'} is not ${misfit.expected}`)
  return report as Report
}
