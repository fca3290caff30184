import { patchAt } from './merge.ts'
import { compatible, openai } from './packages.ts'
import { configFix, type Found, keyVariable, type ProviderView, type Rule } from './rule.ts'
import type { Settings } from './settings.ts'
import { placeholders, whyUnusable } from './url-trouble.ts'
import { type Path, type Place, textAt } from './world.ts'

interface BaseUrl {
  readonly provider: ProviderView
  readonly path: Path
  readonly value: string
  readonly place: Place
}

/** The base URL of every provider that has one, expanded as OpenCode does it. */
const baseUrls = (settings: Settings, providers: readonly ProviderView[]): readonly BaseUrl[] =>
  providers.flatMap((provider) => {
    const paths = [
      [...provider.path, 'options', 'baseURL'],
      [...provider.path, 'api'],
    ]
    const path = paths.find((each) => (textAt(settings.value, each) ?? '') !== '')
    if (!path) return []
    const value = (textAt(settings.value, path) as string).replace(/\$\{([^}]+)\}/g, (token, name: string) => settings.env[name] ?? token)
    return [{ provider, path, value, place: settings.place(path) }]
  })

const endpoints = /\/(chat\/completions|completions|responses|messages|embeddings|models)\/?$/
const version = /\/(v\d+[a-z0-9]*|openai|paas\/v\d+|compatible-mode\/v\d+)\/*$/i

const found = ({ provider, place, path }: BaseUrl, message: string, better: string | undefined, does?: string): Found => ({
  at: place,
  message,
  provider: provider.id,
  ...(does === undefined ? {} : { does }),
  ...(better === undefined ? {} : { fix: configFix(place, patchAt(path, better)) }),
})

const withScheme = (url: string): string =>
  `${/^(localhost|127\.|\[|10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|0\.0\.0\.0)/.test(url) ? 'http' : 'https'}://${url.replace(/^\/+/, '')}`

const isUsable = (value: string): boolean => /^https?:\/\//i.test(value.trim()) && URL.canParse(value)

const each =
  (make: (url: BaseUrl) => Found | undefined): Rule['find'] =>
  ({ settings, providers }) =>
    baseUrls(settings, providers).flatMap((url) => make(url) ?? [])

export const urlRules: readonly Rule[] = [
  {
    id: 'CF-06',
    level: 'error',
    title: 'no base URL',
    does: '"undefined/chat/completions" cannot be parsed as a URL.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        const npm = textAt(provider.value, ['npm'])
        // every other package knows its own address
        const own = provider.id === 'openai' || (npm !== undefined && npm !== compatible)
        const all = provider.models.length > 0 && provider.models.every((model) => textAt(model.value, ['provider', 'api']) !== undefined)
        const known = baseUrls(settings, [provider]).length > 0
        // without models it is no provider of its own, but a change to one of the catalogue
        if (own || all || known || provider.models.length === 0) return []
        const place = settings.place([...provider.path, 'options'], true)
        const unset = settings.origin([...provider.path, 'options', 'baseURL'])?.within([...provider.path, 'options', 'baseURL'])[0]
        const variable = keyVariable(provider.id).replace('API_KEY', 'BASE_URL')
        const message = unset ? `the base URL is empty, because ${unset.name} is ${unset.missing}` : 'the provider has no options.baseURL'
        return [
          {
            at: place,
            message,
            provider: provider.id,
            fix: unset
              ? { kind: 'command', line: `export ${unset.name}=https://…/v1` }
              : configFix(
                  place,
                  patchAt([...provider.path, 'options', 'baseURL'], `{env:${variable}}`),
                  `and export ${variable}=https://…/v1, or write the URL in its place`,
                ),
          },
        ]
      }),
  },
  {
    id: 'CF-07',
    level: 'error',
    title: 'the base URL is no address over http or https',
    does: '"…/chat/completions" cannot be parsed as a URL.',
    find: each((url) => {
      const value = url.value.trim()
      if (/^https?:\/\//i.test(value)) {
        const why = whyUnusable(value)
        return why === undefined
          ? undefined
          : found(url, why, undefined, 'The base URL leads nowhere, and no request is sent to the endpoint.')
      }
      const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/+(.*)$/i.exec(value) ?? []
      if (scheme !== undefined)
        return found(url, `the base URL has the scheme ${scheme}; only http and https are requested`, withScheme(rest))
      const placeholder = !/[.:/]|localhost/.test(value)
      if (placeholder)
        return found(url, `the base URL ${JSON.stringify(value.slice(0, 80))} is no URL; it looks like a placeholder`, undefined)
      return found(
        url,
        `the base URL ${JSON.stringify(value.slice(0, 80))} has no scheme`,
        withScheme(value),
        `"${value}/chat/completions" cannot be parsed as a URL.`,
      )
    }),
  },
  {
    id: 'CF-17',
    level: 'error',
    title: 'the base URL names an endpoint',
    does: 'OpenCode appends the path once more, and the endpoint answers 404 or 405.',
    find: each((url) => {
      const [path = '', ...rest] = url.value.trim().split(/(?=[?#])/)
      const match = endpoints.exec(path)
      if (!match || !isUsable(url.value)) return undefined
      const better = path.slice(0, match.index) + rest.join('')
      return found(
        url,
        `the base URL must end before ${match[0]}, which OpenCode appends itself`,
        better,
        `OpenCode requests ${path}/chat/completions, and shows the 404 of that.`,
      )
    }),
  },
  {
    id: 'CF-18',
    level: 'error',
    title: 'the base URL has a query or a fragment',
    does: 'OpenCode appends the path behind it, so that the query swallows the path.',
    find: each((url) => {
      const cut = url.value.search(/[?#]/)
      if (cut < 0) return undefined
      const better = url.value.slice(0, cut)
      const query = URL.canParse(url.value) ? [...new URL(url.value).searchParams] : []
      const options = { baseURL: better, ...(query.length > 0 ? { queryParams: Object.fromEntries(query) } : {}) }
      const patch = url.path.at(-1) === 'baseURL' ? patchAt(url.path.slice(0, -1), options) : patchAt(url.path, better)
      return {
        ...found(url, 'the base URL must end with its path; a query belongs in options.queryParams', undefined),
        fix: configFix(url.place, patch),
      }
    }),
  },
  {
    id: 'CF-19',
    level: 'error',
    title: 'the base URL contains white space',
    does: 'It becomes part of the path, and the endpoint answers 404.',
    find: each((url) => {
      if (!/\s/.test(url.value)) return undefined
      return found(url, 'the base URL contains white space', url.value.replace(/\s+/g, ''))
    }),
  },
  {
    id: 'CF-20',
    level: 'warning',
    title: 'the base URL does not end with a version',
    does: 'OpenCode requests <base URL>/chat/completions as it stands; most endpoints answer 404 without /v1.',
    find: each((url) => {
      if (!isUsable(url.value) || /[?#\s]/.test(url.value.trim())) return undefined
      const path = url.value.trim()
      if (version.test(path) || endpoints.test(path) || /\/v\d+(\/|$)/.test(path)) return undefined
      const npm = textAt(url.provider.value, ['npm']) ?? compatible
      if (npm !== compatible && npm !== openai) return undefined
      return found(url, 'the base URL does not end with /v1', `${path.replace(/\/+$/, '')}/v1`)
    }),
  },
  {
    id: 'CF-21',
    level: 'warning',
    title: 'the base URL ends with several slashes',
    does: 'OpenCode removes one of them, and requests a path with an empty segment.',
    find: each((url) =>
      /[^/:]\/\/+$/.test(url.value) ? found(url, 'the base URL ends with several slashes', url.value.replace(/\/+$/, '')) : undefined,
    ),
  },
  {
    id: 'CF-22',
    level: 'error',
    title: 'the base URL still has a placeholder',
    does: 'OpenCode requests it as it stands.',
    find: each((url) => {
      const [token] = placeholders.exec(url.value) ?? []
      if (token === undefined || !/^https?:/i.test(url.value)) return undefined
      return {
        ...found(url, `the base URL still contains ${token}`, undefined),
        fix: {
          kind: 'say',
          text: token.startsWith('${')
            ? `set the variable ${token.slice(2, -1)}`
            : `put in what your provider shows you in place of ${token}`,
        },
      }
    }),
  },
]
