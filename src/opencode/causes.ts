import { type Cause, type Culprit, concerns } from './cause.ts'
import { causeOfAnswer } from './causes-answer.ts'
import { causesOfRun } from './causes-run.ts'
import type { Evidence } from './evidence.ts'
import { stopsStart } from './lint.ts'
import type { Problem } from './rule.ts'

/** Mistakes that stay mistakes although the endpoint answers: another file, another model, a member that is not read. */
const notRefuted = new Set(['CF-09', 'CF-10', 'CF-15', 'CF-39', 'CF-40'])

/** Mistakes of which only the endpoint can say whether they are some: one that serves the request has refuted them. */
const refuted = (rule: string): boolean => ['url', 'key', 'model id'].includes(culpritOf(rule)) && !notRefuted.has(rule)

/** What each rule of the configuration is about. */
const culprits: readonly (readonly [Culprit, readonly string[]])[] = [
  ['url', ['CF-06', 'CF-07', 'CF-17', 'CF-18', 'CF-19', 'CF-20', 'CF-21', 'CF-22']],
  ['key', ['CF-08', 'CF-23', 'CF-24', 'CF-25', 'CF-26', 'CF-27', 'CF-28', 'CF-29', 'CF-30']],
  ['model id', ['CF-32', 'CF-39', 'CF-41']],
]

export const culpritOf = (rule: string): Culprit => culprits.find(([, rules]) => rules.includes(rule))?.[0] ?? 'configuration'

const fromProblem = (problem: Problem, breaks: boolean): Cause => ({
  id: problem.rule,
  culprit: culpritOf(problem.rule),
  title: problem.message,
  sees: problem.does,
  where: problem.at,
  fixes: problem.fix ? [problem.fix] : [],
  breaks,
  rules: [problem.rule],
})

/** A file that nobody reads explains everything that is missing; then the provider, its URL, its key, its models. */
const order = [
  'CF-05',
  'CF-13',
  'CF-14',
  'CF-01',
  'CF-02',
  'CF-03',
  'CF-04',
  'CF-15',
  'CF-10',
  'CF-39',
  'CF-40',
  'CF-09',
  'CF-06',
  'CF-07',
  'CF-17',
]
const rank = ({ rule }: Problem): number => (order.includes(rule) ? order.indexOf(rule) : order.length)

/** The causes that the configuration alone shows. */
export const causesOfProblems = (problems: readonly Problem[]): readonly Cause[] => {
  const errors = problems.filter(({ level }) => level === 'error').toSorted((one, other) => rank(one) - rank(other))
  const stopping = errors.filter(({ rule }) => stopsStart(rule))
  return (stopping.length > 0 ? stopping : errors).map((problem) => fromProblem(problem, true))
}

/** Every cause, most likely first: what keeps OpenCode from starting, what became of its first request, what the whole run showed. */
export const findCauses = (evidence: Evidence): readonly Cause[] => {
  const { problems, effective, first, report } = evidence
  const own = problems.filter(({ provider, model }) => concerns(effective, provider, model))
  const certain = causesOfProblems(own)
  if (!first || own.some(({ rule, level }) => level === 'error' && stopsStart(rule))) return certain
  const answer = causeOfAnswer({ ...evidence, first })
  if (answer) return [answer, ...certain.filter(({ rules }) => !rules.some((rule) => answer.rules.includes(rule)))]
  const standing = certain
    .filter(({ rules: [rule = ''] }) => !refuted(rule))
    .map((cause) => ({ ...cause, breaks: cause.rules.some((rule) => notRefuted.has(rule)) }))
  const run = report ? causesOfRun({ ...evidence, report }) : []
  return [...run.filter(({ breaks }) => breaks), ...standing, ...run.filter(({ breaks }) => !breaks)]
}
