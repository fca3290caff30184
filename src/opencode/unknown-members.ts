import { suggest } from '../suite/suggest.ts'
import { isCredentialName } from '../target/target.ts'
import { inventedProvider, movedModel, movedOption, movedProvider, movedTop } from './known-keys.ts'
import { patchAt } from './merge.ts'
import type { Misfit } from './misfits.ts'
import { configFix, type Found, keyVariable } from './rule.ts'
import type { Source } from './source.ts'
import { isObject, type Path } from './world.ts'

/** The provider and the model that a path leads to. */
export const whose = ([first, provider, , model]: Path): { provider?: string; model?: string } =>
  first !== 'provider' || provider === undefined ? {} : { provider, ...(model === undefined ? {} : { model }) }

/** These have rules of their own. */
const ruled = new Set(['apiCompatibility', 'tools'])

export const unknownMember = ({ path, known = [], value }: Misfit, source: Source): Found | undefined => {
  const name = path.at(-1) ?? ''
  if (ruled.has(name)) return undefined
  const inProvider = path.length === 3
  const moved = inProvider ? movedProvider : path.length === 5 ? movedModel : {}
  const target = Object.hasOwn(moved, name) ? moved[name] : undefined
  const place = source.place(path, true)
  const base = { at: place, ...whose(path) }
  if (target) {
    const to = [...path.slice(0, -1), ...target]
    return {
      ...base,
      message: `"${name}" is not known here; ${target.join('.')} is what OpenCode reads`,
      fix: moveFix(source, path, to, value),
    }
  }
  if (inProvider && inventedProvider.has(name)) {
    const variable = name === 'api_key_env' && typeof value === 'string' ? value : undefined
    const fix = variable && configFix(place, patchAt(path.slice(0, -1), { [name]: null, options: { apiKey: `{env:${variable}}` } }))
    return {
      ...base,
      message: `OpenCode has no "${name}"; that is the form of another program`,
      fix: fix || configFix(place, patchAt(path, null)),
    }
  }
  const near = suggest(name, known)
  const better = /"(.*)"/.exec(near)?.[1]
  const fix = better === undefined ? configFix(place, patchAt(path, null)) : moveFix(source, path, [...path.slice(0, -1), better], value)
  return { ...base, message: `"${name}" is no member that OpenCode knows here${near}`, fix }
}

/** A value as it may stand in a patch: with its tokens, and without a key that is written out. */
const harmless = (source: Source, path: Path, value: unknown): unknown => {
  const name = path.at(-1) ?? ''
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([member, each]) => [member, harmless(source, [...path, member], each)]))
  if (typeof value !== 'string') return value
  const raw = source.raw(path) ?? value
  if (!isCredentialName(name) || /\{(env|file):/.test(raw)) return raw
  return `${/^bearer\s/i.test(raw) || /^authorization$/i.test(name) ? 'Bearer ' : ''}{env:${keyVariable(path[1] ?? 'provider')}}`
}

const moveFix = (source: Source, from: Path, to: Path, value: unknown) => {
  let depth = 0
  while (depth < from.length - 1 && from[depth] === to[depth]) depth++
  const removed = patchAt(from.slice(depth), null)
  const added = patchAt(to.slice(depth), harmless(source, from, value))
  return configFix(source.place(from), patchAt(from.slice(0, depth), { ...removed, ...added }))
}

export const wrongOptions = (source: Source): readonly Found[] =>
  members(source.value, ['provider']).flatMap(([id, provider]) =>
    members(provider, ['options']).flatMap(([name, value]): readonly Found[] => {
      const target = Object.hasOwn(movedOption, name) ? movedOption[name] : undefined
      if (!target) return []
      const path = ['provider', id, 'options', name]
      const message = `the option "${name}" is not known; ${target.join('.')} is what OpenCode reads`
      return [{ at: source.place(path, true), message, fix: moveFix(source, path, [...path.slice(0, -1), ...target], value), provider: id }]
    }),
  )

export const wrongTop = (source: Source): readonly Found[] =>
  members(source.value, []).flatMap(([name, value]): readonly Found[] => {
    const target = Object.hasOwn(movedTop, name) ? movedTop[name] : undefined
    const near = target === undefined && name.length > 4 && /^(prov|mode|smal)/.test(name) ? suggest(name, ['provider', 'small_model']) : ''
    const better = target ?? /"(.*)"/.exec(near)?.[1]
    if (better === undefined || ['provider', 'model', 'small_model', 'mode'].includes(name)) return []
    const message = `"${name}" is not read by OpenCode 1.18; ${better} is${name === 'providers' ? ' ("providers" belongs to OpenCode 2)' : ''}`
    const simple = !better.includes('<')
    return [
      {
        at: source.place([name], true),
        message,
        level: name === 'providers' || better === 'provider' ? 'error' : 'warning',
        fix:
          simple && typeof value !== 'object'
            ? configFix(source.place([name]), { [name]: null, [better]: value })
            : { kind: 'say', text: `write it under "${better}", in the form of OpenCode 1.18` },
      },
    ]
  })

const members = (value: unknown, path: Path): readonly (readonly [string, unknown])[] => {
  let found = value
  for (const name of path) found = isObject(found) ? found[name] : undefined
  return isObject(found) ? Object.entries(found) : []
}
