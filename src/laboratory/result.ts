import type { Chosen } from './choose.ts'
import type { Observed } from './observed.ts'
import { agrees, type Predicted } from './predict.ts'

/** One turn of one program of which nothing was predicted. */
export interface Seen {
  readonly client: string
  readonly chosen: Chosen
  readonly observed: Observed
}

/** One turn of one client under one fault. */
export interface Result extends Seen {
  readonly predicted: Predicted
}

/** Whether the prediction was right; undefined where the replay made none. */
export const isRight = ({ predicted, observed }: Result): boolean | undefined =>
  predicted.shape === 'unknown' ? undefined : agrees(predicted.shape, observed.shape)

export interface Agreement {
  readonly client: string
  readonly faults: number
  readonly right: number
  /** The very same shape of failure. */
  readonly same: number
  readonly unknown: number
  /** Turns that did not come off. */
  readonly broken: number
}

export const agreementOf = (client: string, results: readonly Result[]): Agreement => {
  const own = results.filter((result) => result.client === client)
  const told = own.filter((result) => isRight(result) !== undefined)
  return {
    client,
    faults: told.length,
    right: told.filter((result) => isRight(result)).length,
    same: told.filter(({ predicted, observed }) => predicted.shape === observed.shape).length,
    unknown: own.length - told.length,
    broken: told.filter(({ observed }) => observed.shape !== 'works').length,
  }
}

/** Rounded down: 97.96 is not 98. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`
