import type { Budget } from '../plan/budget.ts'

const range = ({ least, most }: { least: number; most: number }): string =>
  least === most ? least.toLocaleString('en') : `${least.toLocaleString('en')} to ${most.toLocaleString('en')}`

/** What a plan will cost, said before the first request: first attempts to all attempts. */
export const planLine = ({ probes, requests, outputTokens, thinkingTokens, longestChain }: Budget): string => {
  // caps that a probe fixes are the same for every model
  const thinking = thinkingTokens.most > outputTokens.most ? ` (${range(thinkingTokens)} for a model that thinks)` : ''
  return `${probes} probes, ${range(requests)} requests, at most ${range(outputTokens)} output tokens${thinking}, longest chain ${longestChain}`
}
