import type { ProviderView } from './rule.ts'
import type { Settings } from './settings.ts'
import { at, isObject, type Path, type Place, textAt } from './world.ts'

/** A credential with where it is written and where its value comes from. */
export interface Credential {
  readonly provider: string
  readonly what: 'apiKey' | 'header' | 'auth'
  readonly path: Path
  readonly value: string
  readonly place: Place
  /** `{env:NAME}` and the like, when the whole value is one. */
  readonly token: string | undefined
  readonly variable: string | undefined
}

export const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization'

const written = (settings: Settings, provider: ProviderView, what: Credential['what'], path: Path): Credential | undefined => {
  const value = textAt(settings.value, path)
  const source = settings.origin(path)
  if (value === undefined || !source) return undefined
  const raw = source.raw(path) ?? ''
  const [put] = source.within(path)
  return {
    provider: provider.id,
    what,
    path,
    value,
    place: source.place(path),
    token: /^\{(env|file):[^}]+\}$/.test(raw) ? raw : undefined,
    variable: put?.kind === 'env' ? put.name : undefined,
  }
}

export const credentials = (settings: Settings, providers: readonly ProviderView[]): readonly Credential[] =>
  providers.flatMap((provider) => {
    const saved = settings.auth.keys[provider.id]?.key
    const auth: Credential | undefined =
      saved === undefined
        ? undefined
        : {
            provider: provider.id,
            what: 'auth',
            path: [provider.id, 'key'],
            value: saved,
            place: { file: settings.auth.from, line: 0, column: 0 },
            token: undefined,
            variable: undefined,
          }
    const holders = [[...provider.path, 'options', 'headers'], ...provider.models.map(({ path }) => [...path, 'headers'])]
    const headers = holders.flatMap((holder) =>
      Object.keys((isObject(at(settings.value, holder)) ? at(settings.value, holder) : {}) as object)
        .filter((name) => /^(authorization|api-key|x-api-key)$/i.test(name))
        .map((name) => written(settings, provider, 'header', [...holder, name])),
    )
    return [written(settings, provider, 'apiKey', [...provider.path, 'options', 'apiKey']), ...headers, auth].filter(
      (one) => one !== undefined,
    )
  })

/** Everywhere that an unset variable does harm. */
export const credentialsOrUrls = (settings: Settings, provider: ProviderView): readonly Path[] => [
  [...provider.path, 'options', 'apiKey'],
  [...provider.path, 'options', 'baseURL'],
  [...provider.path, 'api'],
  ...[[...provider.path, 'options', 'headers'], ...provider.models.map(({ path }) => [...path, 'headers'])].flatMap((holder) =>
    Object.keys((isObject(at(settings.value, holder)) ? at(settings.value, holder) : {}) as object).map((name) => [...holder, name]),
  ),
]
