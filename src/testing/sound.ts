import type { AnyCheck, CheckContext, Outcome, View } from '../types.ts'
import { bentViews } from './bent-views.ts'
import { illFormed } from './well-formed.ts'

/**
 * What every test of a check asks besides its own question: that the outcome is well-formed, and that no answer makes the
 * check throw or say nonsense, whatever is missing from it or has another type.
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
  for (const [position, view] of views.entries())
    for (const [place, bent] of bentViews(view)) {
      const list = views.with(position, bent) as [View, ...View[]]
      let worse: string | undefined
      try {
        worse = illFormed(check, list, check.judge(list, args, context))
      } catch (error) {
        worse = String(error)
      }
      if (worse !== undefined) throw new Error(`with ${place}: ${worse}`)
    }
}
