import type { Bend, Stages } from '../exchange.ts'

/** Declares a legal variant: a name, what it bends, and where. */
export const variant = (name: string, bends: string, ...stages: readonly Stages[]): Bend => Object.assign({ name, bends }, ...stages)

/** The same for what only a model that thinks can show. */
export const thinking = (name: string, bends: string, ...stages: readonly Stages[]): Bend => ({
  ...variant(name, bends, ...stages),
  model: 'reference-thinking',
})
