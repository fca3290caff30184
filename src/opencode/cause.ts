import type { Evidence } from './evidence.ts'
import { patchAt } from './merge.ts'
import type { Fix, Problem } from './rule.ts'
import { type Answer, saidBy } from './send.ts'
import type { Place } from './world.ts'

/** Who has to do something. */
export type Culprit = 'configuration' | 'url' | 'key' | 'model id' | 'network' | 'endpoint' | 'gateway' | 'model' | 'OpenCode'

/** One reason why OpenCode fails, or does less than it could. */
export interface Cause {
  readonly id: string
  readonly culprit: Culprit
  readonly title: string
  /** What the user sees in OpenCode. */
  readonly sees: string
  /** What was on the wire. */
  readonly wire?: string
  readonly where?: Place
  readonly fixes: readonly Fix[]
  /** OpenCode cannot be used with it; otherwise something is worse than it could be. */
  readonly breaks: boolean
  /** Mistakes of the configuration that this explains; they are not told once more. */
  readonly rules: readonly string[]
}

/** What is known once the first request was sent. */
export type Asked = Evidence & { readonly first: Answer }

/** A way in which the first request can end, with what it means. */
export interface CauseRule {
  readonly id: string
  readonly culprit: Culprit
  readonly when: (evidence: Asked) => boolean
  readonly title: string | ((evidence: Asked) => string)
  /** What is seen where the replay does not say it. */
  readonly sees: string | ((evidence: Asked) => string)
  readonly fixes: (evidence: Asked) => readonly Fix[]
  /** Mistakes that lead to this: the first that was made is the cause. */
  readonly rules?: readonly string[]
  readonly breaks?: false
}

/** A patch for a file of the configuration. */
export const patchFor = (file: string, path: readonly string[], value: unknown, note?: string): Fix => ({
  kind: 'config',
  file,
  patch: patchAt(path, value),
  ...(note === undefined ? {} : { note }),
})

/** The text that an operator can act on, with the request that shows it. */
export const vendorFix = ({ first }: { readonly first: Answer }, text: string): Fix => ({
  kind: 'vendor',
  text: `${text} (${saidBy(first)})`,
})

/** The mistake of the configuration that is most likely behind a failure. */
export const guilty = ({ problems, effective }: Evidence, rules: readonly string[]): Problem | undefined => {
  const own = problems.filter(({ provider, model }) => concerns(effective, provider, model))
  for (const rule of rules) {
    const found = own.find((problem) => problem.rule === rule)
    if (found) return found
  }
  return undefined
}

export const concerns = (
  { provider, model }: { readonly provider: string; readonly model: string },
  otherProvider: string | undefined,
  otherModel: string | undefined,
): boolean => (otherProvider === undefined || otherProvider === provider) && (otherModel === undefined || otherModel === model)
