import type { Budget } from '../plan/budget.ts'
import { thinkingFactor } from '../record/fill.ts'

const range = ({ least, most }: { least: number; most: number }): string =>
  least === most ? least.toLocaleString('en') : `${least.toLocaleString('en')} to ${most.toLocaleString('en')}`

/** What a plan will cost, said before the first request: first attempts to all attempts. */
export const planLine = ({ probes, requests, outputTokens, longestChain }: Budget): string =>
  `${probes} probes, ${range(requests)} requests, at most ${range(outputTokens)} output tokens (${thinkingFactor} times that for a model that thinks), longest chain ${longestChain}`
