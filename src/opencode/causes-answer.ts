import { addressRules } from './answers-address.ts'
import { networkRules } from './answers-network.ts'
import { requestRules } from './answers-request.ts'
import { type Asked, type Cause, type CauseRule, guilty } from './cause.ts'
import { saidBy } from './send.ts'

/** What became of OpenCode's first request, the most certain reading first. Exactly one row is taken. */
const answerRules: readonly CauseRule[] = [...networkRules, ...addressRules, ...requestRules]

/** The cause of what became of the first request; undefined where it was served. */
export const causeOfAnswer = (known: Asked): Cause | undefined => {
  const rule = answerRules.find((each) => each.when(known))
  if (!rule) return undefined
  const problem = guilty(known, rule.rules ?? [])
  const text = (value: CauseRule['title']) => (typeof value === 'string' ? value : value(known))
  const served = known.hints.model?.served || known.hints.baseUrl?.served || known.hints.change !== undefined
  const own = rule.fixes(known)
  // what was seen to work is better than what a rule supposes
  const fixes = problem?.fix
    ? served && own[0]?.kind === 'config'
      ? own
      : [problem.fix, ...own.filter(({ kind }) => kind !== 'config')]
    : own
  const title = text(rule.title)
  return {
    id: problem?.rule ?? rule.id,
    culprit: rule.culprit,
    title: problem ? `${problem.message}: ${title}` : title,
    sees: text(rule.sees),
    wire: saidBy(known.first),
    ...(problem ? { where: problem.at } : {}),
    fixes,
    breaks: rule.breaks ?? true,
    rules: problem ? [problem.rule] : [],
  }
}
