import type { Probe, Requirement, When } from '../types.ts'

/** Which exchanges an ambient requirement is judged on, such as "every streamed exchange of POST /responses with status 2xx". */
export const whenWords = ({ endpoint, stream, status, except }: When): string => {
  const kind = stream === undefined ? '' : stream ? 'streamed ' : 'unstreamed '
  return [
    `every ${kind}exchange`,
    ...(endpoint ? [`of ${listed(endpoint)}`] : []),
    ...(except ? [`of other endpoints than ${listed(except)}`] : []),
    ...(status ? [`with status ${listed(status)}`] : []),
  ].join(' ')
}

/** What must be known of a target for the requirement to apply: traits that hold, and, after `!`, traits that do not. */
export const requiresWords = (requires: readonly string[]): string =>
  requires.map((trait) => (trait.startsWith('!') ? `not ${trait.slice(1)}` : trait)).join(', ')

/** Probes without their modes that expect the requirement of an exchange or of the whole. */
export const shownBy = ({ id }: Requirement, probes: readonly Probe[]): readonly string[] => [
  ...new Set(
    probes
      .filter(({ steps, whole }) => whole.includes(id) || steps.some(({ expect }) => expect.includes(id)))
      .map((probe) => probe.id.replace(/\[\w+\]$/, '')),
  ),
]

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`
