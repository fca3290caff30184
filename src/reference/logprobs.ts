import type { Json } from './exchange.ts'

const logprob = (token: string, rank: number): Json => ({
  token,
  logprob: -0.125 * (rank + 1),
  bytes: [...Buffer.from(token, 'utf8')],
})

/** Log probabilities of one token, with so many alternatives. */
export const logprobOf = (token: string, alternatives: number): Json => ({
  ...logprob(token, 0),
  top_logprobs: Array.from({ length: alternatives }, (_, rank) => logprob(rank === 0 ? token : `${token}${'~'.repeat(rank)}`, rank)),
})
