import type { AnyCheck, CheckContext, Outcome, View } from '../types.ts'
import { bentViews, refusalStatuses, refusedView } from './bent-views.ts'
import { illFormed } from './well-formed.ts'

/** What may be said of a refusal: that it is one, and how it is worded. Of what was not answered nothing else can be told. */
const aboutRefusals = /refused$|status$|^(server-error|not-named|not-found)$/
/** These look at refusals, and the first two at headers that even a busy endpoint owes. */
const lookAtRefusals = ['request-id', 'retry-after', 'head-answer', 'error-code', 'overflow-error', 'anthropic-headers']
const lookAtBusy = lookAtRefusals.slice(0, 2)

const allowedOf = ({ id }: AnyCheck, status: number): RegExp => {
  const isBusy = status === 429 || status === 503
  return (isBusy ? lookAtBusy : lookAtRefusals).includes(id) ? /./ : isBusy ? /^$/ : aboutRefusals
}

/** A check throws on no answer, and says nothing ill-formed of it. */
const complaint = (check: AnyCheck, views: readonly View[], args: unknown, context: CheckContext, allowed = /./): string | undefined => {
  try {
    const list = views as [View, ...View[]]
    const outcome = check.judge(list, args, context)
    const stray = outcome.kind === 'violated' ? outcome.violations.find(({ code }) => !allowed.test(code)) : undefined
    return stray ? `it is accused of ${stray.code}` : illFormed(check, list, outcome)
  } catch (error) {
    return String(error)
  }
}

/**
 * What every test of a check asks besides its own question: that the outcome is well-formed, that a refusal is not accused of
 * what an answer would owe, and that no answer makes the check throw or say nonsense, whatever is missing from it.
 */
export const assertSound = (
  check: AnyCheck,
  views: readonly [View, ...View[]],
  args: unknown,
  context: CheckContext,
  outcome: Outcome,
): void => {
  const wrong = illFormed(check, views, outcome)
  if (wrong !== undefined) throw new Error(wrong)
  for (const status of refusalStatuses) {
    const refused = views.map((view) => refusedView(view, status))
    const worse = complaint(check, refused, args, context, allowedOf(check, status))
    if (worse !== undefined) throw new Error(`refused with ${status}: ${worse}`)
  }
  for (const [position, view] of views.entries())
    for (const [place, bent] of bentViews(view)) {
      const worse = complaint(check, views.with(position, bent), args, context)
      if (worse !== undefined) throw new Error(`with ${place}: ${worse}`)
    }
}
