import type { FindingReport, Level, Report } from '../types.ts'

export interface ExitOptions {
  /** The lowest level that fails the run; `must` by default. */
  readonly failOn?: Level
  /** Nothing may be left undecided. */
  readonly strict?: boolean
  /** The profiles that were asked for by name: their core has to succeed. */
  readonly profiles?: readonly string[]
}

/** 2, wrong usage, is said before there is a report. */
export type ReportExitCode = 0 | 1 | 3 | 4

const rank = { must: 2, should: 1, may: 0 } as const

/** Whether a finding fails a run: at or above `failOn`, and not excused by the baseline. */
const counts = ({ level, baseline }: FindingReport, failOn: Level = 'must'): boolean => !baseline && rank[level] >= rank[failOn]

const coreFailed = (report: Report, id: string): boolean => {
  const profile = report.profiles.find(({ profile }) => profile === id)
  if (profile?.core.result !== 'failure') return false
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]))
  const core = new Set(profile.core.capabilities)
  const unexcused = (found: string) => {
    const finding = findings.get(found)
    return finding?.level === 'must' && !finding.baseline
  }
  // a baseline that excuses every defect of a broken cell excuses the cell; a refusal has no finding to excuse
  return report.capabilities.some(
    ({ id, support, findings }) => core.has(id) && (support === 'none' || (support === 'broken' && findings.some(unexcused))),
  )
}

/** The exit code of a report; a harness that is at fault says so before it accuses anybody. */
export const exitCode = (report: Report, { failOn = 'must', strict = false, profiles = [] }: ExitOptions = {}): ReportExitCode => {
  if (report.harness.length > 0) return 4
  if (report.findings.some((finding) => counts(finding, failOn))) return 1
  if (report.baseline && report.baseline.stale.length > 0) return 1
  if (profiles.some((id) => coreFailed(report, id))) return 1
  // clients are replayed only where they were named, so naming one asks that it works
  if (report.clients?.some(({ result }) => result === 'breaks')) return 1
  const saw = (...verdicts: readonly string[]) => report.probes.some(({ verdict }) => verdicts.includes(verdict))
  const stands = (presence: string) => report.endpoints.some((each) => each.presence === presence)
  if (saw('error') || (stands('untestable') && !stands('answered'))) return 3
  // where nothing was decided, what was not run may be all that counts: that is no pass
  if (!saw('pass', 'warn', 'fail', 'unsupported') && (saw('skipped') || !saw('inconclusive'))) return 3
  const open = profiles.some((id) => report.profiles.find(({ profile }) => profile === id)?.core.result === 'partial')
  return strict && (open || saw('inconclusive')) ? 3 : 0
}
