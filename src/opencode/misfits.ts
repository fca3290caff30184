import { configSpec, type Spec } from './known-keys.ts'
import type { Source } from './source.ts'
import { isObject, type Path } from './world.ts'

/** A value that is not what OpenCode's schema wants. */
export interface Misfit {
  readonly kind: 'type' | 'missing' | 'time' | 'unknown'
  readonly path: Path
  readonly value: unknown
  readonly spec: Spec
  /** The names that are known at this place. */
  readonly known?: readonly string[]
}

const fits: Readonly<Record<Spec['is'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  strings: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  'limit-time': (value) => value === false || Number.isInteger(value),
  object: isObject,
  any: () => true,
}

/** The types in the words of OpenCode. */
export const typeNames: Readonly<Record<Spec['is'], string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  strings: 'array of strings',
  'limit-time': 'integer greater than 0, or false',
  object: 'object',
  any: 'anything',
}

const misfits = (value: unknown, spec: Spec, path: Path = []): readonly Misfit[] => {
  if (!fits[spec.is](value)) return [{ kind: 'type', path, value, spec }]
  if (spec.is === 'limit-time' && typeof value === 'number' && value <= 0) return [{ kind: 'time', path, value, spec }]
  if (!isObject(value)) return []
  const { members = {}, each, open = false, required = [] } = spec
  const closed = spec.members !== undefined && !open && each === undefined
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  const inside = Object.entries(value).flatMap(([name, member]): readonly Misfit[] => {
    const own = Object.hasOwn(members, name) ? members[name] : each
    if (own) return misfits(member, own, [...path, name])
    return closed ? [{ kind: 'unknown', path: [...path, name], value: member, spec, known: Object.keys(members) }] : []
  })
  return [...missing.map((name): Misfit => ({ kind: 'missing', path: [...path, name], value: undefined, spec })), ...inside]
}

const cache = new WeakMap<Source, readonly Misfit[]>()

/** Each file is checked by itself, as OpenCode does: what another file adds comes too late. */
export const misfitsOf = (source: Source): readonly Misfit[] => {
  let found = cache.get(source)
  if (!found) {
    found = source.value === undefined ? [] : misfits(source.value, configSpec)
    cache.set(source, found)
  }
  return found
}
