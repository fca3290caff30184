import { azureBase, type Joining, joinUrl, ownQuery, rootOf } from './join-url.ts'
import { type Api, azure, catalogued, compatible, headersOf, type Package, packageOf, responsesIds } from './packages.ts'
import type { Settings } from './settings.ts'
import { at, isObject, type Json, type Path, showPlace, textAt } from './world.ts'

/** A value with the place it came from. */
export interface Fact<Value> {
  readonly value: Value
  readonly from: string
}

/** What OpenCode would use for one model of one provider. */
export interface Effective {
  readonly provider: string
  /** The key under `models`. */
  readonly model: string
  readonly providerPath: Path
  readonly modelPath: Path
  /** The model in the request. */
  readonly wireId: Fact<string>
  readonly npm: Fact<string>
  /** The package stands on the model, not on the provider. */
  readonly npmOnModel: boolean
  readonly api: Api
  /** The files in which a change takes effect. */
  readonly files: { readonly provider: string; readonly model: string; readonly baseUrl: string }
  readonly baseUrl: Fact<string> | undefined
  /** What the package appends its paths to. */
  readonly root: string | undefined
  /** The URL of a request, joined as the package joins it. */
  readonly url: string | undefined
  /** The same for another base URL or another protocol. */
  readonly urlOf: (baseUrl: string, api: Api) => string
  /** How the package asks. */
  readonly package: Package
  readonly key: Fact<string> | undefined
  readonly headers: readonly (Fact<string> & { readonly name: string })[]
  readonly query: Readonly<Record<string, string>>
  readonly context: Fact<number> | undefined
  readonly output: Fact<number> | undefined
  /** What every request asks for at most. */
  readonly maxTokens: number
  readonly includeUsage: boolean
  /** Limits on time that are configured, in milliseconds. */
  readonly timeouts: readonly (Fact<number | false> & { readonly name: string })[]
  /** The model as it is configured. */
  readonly value: Json
  /** Members of `options` of the model, which go into the body. */
  readonly body: Json
}

const mostOutput = 32_000

/** What OpenCode makes of the configuration for one model. */
export const resolveModel = (settings: Settings, provider: string, model: string): Effective => {
  const providerPath = ['provider', provider]
  const modelPath = [...providerPath, 'models', model]
  const { value, env } = settings
  const fact = <Value>(path: Path, found: Value): Fact<Value> => ({ value: found, from: showPlace(settings.place(path)) })
  const text = (path: Path): Fact<string> | undefined => {
    const found = textAt(value, path)
    return found === undefined || found === '' ? undefined : fact(path, found)
  }
  const ownNpm = text([...modelPath, 'provider', 'npm'])
  const npm = ownNpm ?? text([...providerPath, 'npm']) ?? defaultPackage(provider)
  const options = { ...objectAt(value, [...providerPath, 'options']), ...objectAt(value, [...modelPath, 'options']) }
  const known = packageOf(npm.value)
  const api = apiOf(provider, npm.value, options)
  const baseUrl =
    text([...providerPath, 'options', 'baseURL']) ??
    text([...modelPath, 'provider', 'api']) ??
    text([...providerPath, 'api']) ??
    defaultBase(npm.value, options, env)
  const expanded = baseUrl && { ...baseUrl, value: baseUrl.value.replace(/\$\{([^}]+)\}/g, (token, name: string) => env[name] ?? token) }
  const limit = (name: string): Fact<number> | undefined => {
    const found = at(value, [...modelPath, 'limit', name])
    return typeof found === 'number' ? fact([...modelPath, 'limit', name], found) : undefined
  }
  const output = limit('output')
  const headers = new Map<string, Fact<string> & { name: string }>(
    Object.entries(headersOf[provider] ?? {}).map(([name, held]) => [name, { name, value: held, from: `default of provider ${provider}` }]),
  )
  for (const path of [
    [...providerPath, 'options', 'headers'],
    [...modelPath, 'headers'],
  ])
    for (const [name, held] of Object.entries(objectAt(value, path)))
      if (typeof held === 'string') headers.set(name.toLowerCase(), { name, ...fact([...path, name], held) })
  const body = objectAt(value, [...modelPath, 'options'])
  const named = text([...modelPath, 'id'])
  const overridden = text([...modelPath, 'options', 'model'])
  const query = Object.entries(objectAt(value, [...providerPath, 'options', 'queryParams']))
  const wireId = overridden ?? named ?? { value: model, from: `${showPlace(settings.place(modelPath, true))} (the key)` }
  const joining: Joining = { npm: npm.value, options, model: wireId.value }
  return {
    provider,
    model,
    providerPath,
    modelPath,
    wireId,
    npm,
    npmOnModel: ownNpm !== undefined,
    api,
    files: {
      provider: settings.place(providerPath).file,
      model: settings.place(modelPath).file,
      baseUrl: settings.place([...providerPath, 'options', 'baseURL']).file,
    },
    baseUrl: expanded,
    root: expanded && rootOf(joining, expanded.value),
    url: expanded && joinUrl(joining, expanded.value, api),
    urlOf: (base, other) => joinUrl(joining, base, other),
    package: known,
    key: keyOf(settings, provider, npm.value),
    headers: [...headers.values()],
    query: {
      ...(expanded ? ownQuery(joining, expanded.value) : {}),
      ...Object.fromEntries(query.flatMap(([name, held]) => (typeof held === 'string' ? [[name, held]] : []))),
    },
    context: limit('context'),
    output,
    maxTokens: Math.min(output?.value || mostOutput, mostOutput),
    includeUsage: known.usage ?? at(value, [...providerPath, 'options', 'includeUsage']) !== false,
    timeouts: ['timeout', 'headerTimeout', 'chunkTimeout'].flatMap((name) => {
      const path = [...providerPath, 'options', name]
      const found = at(value, path)
      return typeof found === 'number' || found === false ? [{ name, ...fact<number | false>(path, found) }] : []
    }),
    value: objectAt(value, modelPath),
    body,
  }
}

/** The loader of a provider, or a switch of Azure, decides over the package. */
const apiOf = (provider: string, npm: string, options: Json): Api => {
  const { api } = packageOf(npm)
  if (npm === azure && options.useCompletionUrls === true) return 'chat'
  return responsesIds.has(provider) && api === 'chat' ? 'responses' : api
}

const defaultBase = (npm: string, options: Json, env: Settings['env']): Fact<string> | undefined => {
  const { baseUrl, baseUrlVariable } = packageOf(npm)
  const named = baseUrlVariable === undefined ? undefined : env[baseUrlVariable]
  if (named) return { value: named, from: `env ${baseUrlVariable}` }
  const value = baseUrl ?? azureBase({ npm, options, model: '' }, env)
  return value === undefined ? undefined : { value, from: `default of ${npm}` }
}

const defaultPackage = (provider: string): Fact<string> =>
  Object.hasOwn(catalogued, provider)
    ? { value: catalogued[provider] as string, from: `default of provider ${provider}` }
    : { value: compatible, from: 'default' }

const objectAt = (value: unknown, path: Path): Json => {
  const found = at(value, path)
  return isObject(found) ? found : {}
}

/** `options.apiKey`, then what was logged in with, then the one variable of `env`. */
const keyOf = (settings: Settings, provider: string, npm: string): Fact<string> | undefined => {
  const path = ['provider', provider, 'options', 'apiKey']
  const written = textAt(settings.value, path)
  if (written) {
    const put = settings.origin(path)?.within(path) ?? []
    const [only] = put
    const how = only && (only.kind === 'env' ? `env ${only.name}` : `file ${only.name}`)
    return { value: written, from: `${how === undefined ? '' : `${how}, `}${showPlace(settings.place(path))}` }
  }
  const saved = settings.auth.keys[provider]?.key
  if (saved) return { value: saved, from: settings.auth.from }
  const names = at(settings.value, ['provider', provider, 'env'])
  const [only] = Array.isArray(names) && names.length === 1 ? (names as unknown[]) : []
  const fromEnv = typeof only === 'string' ? settings.env[only] : undefined
  if (fromEnv) return { value: fromEnv, from: `env ${String(only)}` }
  const { variable } = packageOf(npm)
  const own = variable === undefined ? undefined : settings.env[variable]
  return own ? { value: own, from: `env ${variable}` } : undefined
}
