import type { Judgement, Probe } from '../types.ts'

/** Whether a probe makes sense for the target, by the traits that were declared or found. */
export const appliesTo = ({ traits }: Judgement): ((probe: Probe) => boolean) => {
  const names = new Set<string>(traits.map(({ name }) => name))
  return ({ requires }) => requires.every((name) => (name.startsWith('!') ? !names.has(name.slice(1)) : names.has(name)))
}
