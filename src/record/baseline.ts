import { refusedKey } from '../judge/refused-key.ts'
import type { Exchange, Probe } from '../types.ts'
import { cutBeforeAnswer, type FoundTrait, findTraits, mayOnlyStream } from './preflight.ts'
import { type Names, newNames, type State, sendStep } from './state.ts'

/** A baseline whose first step was sent; `names` are those of its last attempt, which goes on with the other steps. */
export interface Begun {
  readonly exchanges: readonly Exchange[]
  readonly names: Names
}

/** Attempts of a baseline while the model's traits are being found. */
const mostAttempts = 4

/** Sends the first step of a baseline until it is answered as this model answers, or there is nothing left to change. */
export const sendBaseline = async (probe: Probe, state: State): Promise<Begun> => {
  const exchanges: Exchange[] = []
  let names = newNames(state)
  let guess: FoundTrait | undefined
  let proven = false
  let streamed = false
  for (let attempt = 1; attempt <= mostAttempts && state.halted() === undefined; attempt++) {
    names = newNames(state)
    const known = new Set(state.traits())
    const exchange = await sendStep(probe, 0, { attempt, names, first: attempt === 1, streamed }, state)
    if (!exchange) break
    exchanges.push(exchange)
    forget(state, guess)
    // another baseline may have found the same meanwhile: this request was sent without it, and has to be sent again
    const traits = findTraits(exchange, known)
    state.found.push(...traits.filter(({ name }) => !state.traits().includes(name)))
    if (isRefused(exchange)) {
      if (traits.length > 0) continue
      if (streamed || !mayOnlyStream(exchange)) break
      streamed = true
    } else if (!cutBeforeAnswer(exchange)) {
      // with more room there was an answer: the guess was right, unless something better was found
      proven = guess !== undefined && !state.traits().includes('thinks')
      break
    } else if (guess) {
      break
    } else if (traits.length === 0) {
      if (state.traits().includes('thinks')) break
      // nothing but the cut hints at thoughts: believed only if more room makes an answer of it
      guess = { name: 'thinks', how: 'the cap left no room for an answer' }
      state.found.push(guess)
    }
  }
  forget(state, guess)
  if (guess && proven) state.found.push(guess)
  return { exchanges, names }
}

const forget = ({ found }: State, guess: FoundTrait | undefined): void => {
  const at = guess === undefined ? -1 : found.indexOf(guess)
  if (at >= 0) found.splice(at, 1)
}

const isRefused = ({ outcome }: Exchange): boolean => outcome.kind === 'response' && outcome.status >= 400

/** Failures of a single exchange: the server was there, and another endpoint of it may be well. */
const passing = /^(TIMEOUT|INTERRUPTED|NO_RESPONSE|UND_ERR_SOCKET|UND_ERR_HEADERS_OVERFLOW|ECONNRESET|EPIPE|HTTPParserError)$/

/** A connection that cannot be made and a key that is refused make every further request useless. */
export const whyUseless = (last: Exchange | undefined): string | undefined => {
  if (!last) return undefined
  const { outcome } = last
  if (outcome.kind === 'failure') return passing.test(outcome.code) ? undefined : `the endpoint cannot be reached: ${outcome.message}`
  return refusedKey(last)
}
