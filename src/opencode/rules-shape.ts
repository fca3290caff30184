import type { Spec } from './known-keys.ts'
import { patchAt } from './merge.ts'
import { type Misfit, misfitsOf, typeNames } from './misfits.ts'
import { configFix, type Found, type Rule } from './rule.ts'
import type { Source } from './source.ts'
import { unknownMember, whose, wrongOptions, wrongTop } from './unknown-members.ts'
import { isObject, type Path } from './world.ts'

const invalid = (message: string): string => `OpenCode does not start: "Configuration is invalid" and ↳ ${message}`

/** A value as OpenCode shows it, short. */
const shown = (value: unknown, path: Path): string => {
  if (/key|header|authorization/i.test(path.slice(-2).join(' ')) && typeof value !== 'number')
    return Array.isArray(value) ? 'a list' : `a ${typeof value}`
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const inSources = (
  sources: readonly Source[],
  kinds: readonly Misfit['kind'][],
  make: (misfit: Misfit, source: Source) => Found | undefined,
) =>
  sources.flatMap((source) =>
    misfitsOf(source)
      .filter(({ kind }) => kinds.includes(kind))
      .slice(0, 50)
      .flatMap((misfit) => make(misfit, source) ?? []),
  )

const isModels = (path: Path): boolean => path.length === 3 && path[2] === 'models'

/** A list of model names, or of objects that carry theirs, as the map that is wanted. */
const asModels = (list: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(
    list.flatMap((entry) => {
      if (typeof entry === 'string') return [[entry, {}]]
      if (!isObject(entry)) return []
      const { id, ...rest } = entry
      const name = typeof id === 'string' ? id : rest.name
      return typeof name === 'string' ? [[name, rest]] : []
    }),
  )

const numberIn = (value: unknown): number | undefined => {
  const [, digits, unit] = (typeof value === 'string' && /^\s*([\d_,.]+)\s*([km])?\s*$/i.exec(value)) || []
  if (digits === undefined) return undefined
  const found = Number(digits.replace(/[_,]/g, '')) * (unit === undefined ? 1 : unit.toLowerCase() === 'k' ? 1000 : 1_000_000)
  return Number.isFinite(found) ? found : undefined
}

/** The value that was probably meant, as the type that is wanted. */
const meant = (value: unknown, { is }: Spec): unknown => {
  if (is === 'number' || is === 'limit-time') return numberIn(value)
  if (is === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined
  if (is === 'strings') return typeof value === 'string' ? [value] : undefined
  if (is === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  return undefined
}

export const shapeRules: readonly Rule[] = [
  {
    id: 'CF-01',
    level: 'error',
    title: 'models is a list',
    does: 'OpenCode does not start.',
    find: ({ settings }) =>
      inSources(settings.sources, ['type'], ({ path, value, spec }, source) => {
        if (!isModels(path) || spec.is !== 'object') return undefined
        const place = source.place(path)
        const list = Array.isArray(value) ? value : []
        return {
          at: place,
          message: 'models must be an object whose keys are the ids of the models, not a list',
          does: invalid(`Expected object | undefined, got ${shown(value, path)} ${path.join('.')}`),
          fix: configFix(place, patchAt(path, asModels(list))),
          ...whose(path),
        }
      }),
  },
  {
    id: 'CF-02',
    level: 'error',
    title: 'limit is incomplete',
    does: 'OpenCode does not start.',
    find: ({ settings }) =>
      inSources(settings.sources, ['missing'], ({ path }, source) => {
        const place = source.place(path.slice(0, -1), true)
        const name = path.at(-1) ?? ''
        return {
          at: place,
          message: `limit needs both context and output; ${name} is missing`,
          does: invalid(`Missing key ${path.join('.')}`),
          fix: configFix(place, patchAt(path, name === 'output' ? 8192 : 131_072), `put in the ${name} limit of your model`),
          ...whose(path),
        }
      }),
  },
  {
    id: 'CF-03',
    level: 'error',
    title: 'a value has the wrong type',
    does: 'OpenCode does not start.',
    find: ({ settings }) =>
      inSources(settings.sources, ['type'], ({ path, value, spec }, source) => {
        if (isModels(path) && spec.is === 'object') return undefined
        const place = source.place(path)
        const better = meant(value, spec)
        return {
          at: place,
          message: `${path.join('.') || 'the file'} must be ${/^[aeio]/.test(typeNames[spec.is]) ? 'an' : 'a'} ${typeNames[spec.is]}`,
          does: invalid(`Expected ${typeNames[spec.is]}, got ${shown(value, path)} ${path.join('.')}`),
          ...(better === undefined ? {} : { fix: configFix(place, patchAt(path, better)) }),
          ...whose(path),
        }
      }),
  },
  {
    id: 'CF-04',
    level: 'error',
    title: 'a time limit is not greater than 0',
    does: 'OpenCode does not start.',
    find: ({ settings }) =>
      inSources(settings.sources, ['time'], ({ path, value }, source) => {
        const place = source.place(path)
        return {
          at: place,
          message: `${path.at(-1)} must be greater than 0; false switches it off`,
          does: invalid(`Expected a value greater than 0, got ${String(value)} ${path.join('.')}`),
          fix: configFix(place, patchAt(path, false)),
          ...whose(path),
        }
      }),
  },
  {
    id: 'CF-10',
    level: 'warning',
    title: 'a member that OpenCode does not know',
    does: 'OpenCode drops it without a message.',
    find: ({ settings }) => [
      ...inSources(settings.sources, ['unknown'], (misfit, source) => unknownMember(misfit, source)),
      ...settings.sources.flatMap((source) => [...wrongOptions(source), ...wrongTop(source)]),
    ],
  },
]
