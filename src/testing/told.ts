import type { AnyCheck, Locus, View } from '../types.ts'

const placeOf = (at: Locus): string => ('pointer' in at ? at.pointer : at.in === 'header' ? at.name : at.in)

/** The violations that a check tells of, each in one line: the code, the place, and what was found there. */
export const told = (check: AnyCheck, views: View | readonly View[], args?: unknown): string[] => {
  const list = (Array.isArray(views) ? views : [views]) as [View, ...View[]]
  const outcome = check.judge(list, args, { requirement: 'some.requirement', traits: new Set(), declared: false })
  const violations = outcome.kind === 'violated' ? outcome.violations : outcome.kind === 'held' ? (outcome.notes ?? []) : []
  return violations.map(({ code, at, expected, actual }) => `${code} at ${placeOf(at)}: ${expected ?? '-'}, not ${actual ?? '-'}`)
}
