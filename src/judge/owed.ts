import type { Requirement } from '../types.ts'

/**
 * What every probe owes without saying so: the right shape of its answers, and an answer at all. Without it a probe
 * would stay green on an exchange that is wrong from top to bottom.
 */
export const owedByAll: ReadonlySet<string> = new Set(['wire.no-server-error', 'errors.envelope', 'errors.message'])

/** What is wrong with the form of a refusal is told of it, and makes of what was refused nothing else than refused. */
export const aboutRefusals: ReadonlySet<string> = new Set(['errors.envelope', 'errors.message'])

/**
 * Where a request that is wrong on purpose was served all the same, its own requirement speaks of it; what the answer
 * then lacks follows from what the request lacked.
 */
export const aboutAnswers = ({ capability }: Requirement): boolean =>
  capability === undefined || !['errors', 'http', 'auth', 'limits', 'models'].includes(capability)
