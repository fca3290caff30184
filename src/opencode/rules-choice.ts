import { suggest } from '../suite/suggest.ts'
import { catalogue, isDisabled, modelsOf, providersOf, splitName } from './choose.ts'
import { configFix, type Found, type Rule } from './rule.ts'
import { at, textAt } from './world.ts'

const knownModels = (settings: Parameters<typeof providersOf>[0]): readonly string[] =>
  Object.entries(providersOf(settings)).flatMap(([id, provider]) => Object.keys(modelsOf(provider)).map((key) => `${id}/${key}`))

/** Which providers and models can be chosen at all. */
export const choiceRules: readonly Rule[] = [
  {
    id: 'CF-39',
    level: 'error',
    title: 'a model that does not exist',
    does: '"Unexpected server error. Check server logs for details."; the name stands only in the log.',
    find: ({ settings }) =>
      ['model', 'small_model'].flatMap((member): readonly Found[] => {
        const name = textAt(settings.value, [member])
        if (name === undefined) return []
        const [provider, model] = splitName(name)
        const models = modelsOf(providersOf(settings)[provider])
        if (Object.hasOwn(models, model)) return []
        const place = settings.place([member])
        const known = knownModels(settings)
        if (catalogue.test(provider) && providersOf(settings)[provider] === undefined) return []
        const near = suggest(name, known) || suggest(model, Object.keys(models))
        const better = /"(.*)"/.exec(near)?.[1] ?? (known.length === 1 ? known[0] : undefined)
        const full = better === undefined || known.includes(better) ? better : `${provider}/${better}`
        const message = name.includes('/')
          ? `${member} names ${name}, which is not configured${near}`
          : `${member} must be provider/model; "${name}" has no provider${near}`
        return [{ at: place, message, ...(full === undefined ? {} : { fix: configFix(place, { [member]: full }) }) }]
      }),
  },
  {
    id: 'CF-40',
    level: 'warning',
    title: 'a provider or a model is switched off',
    does: 'OpenCode does not offer it.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        const used = splitName(textAt(settings.value, ['model']) ?? '')[0] === provider.id
        const level = used ? ('error' as const) : ('note' as const)
        if (isDisabled(settings, provider.id)) {
          const list = Array.isArray(settings.value.disabled_providers) && settings.value.disabled_providers.includes(provider.id)
          const name = list ? 'disabled_providers' : 'enabled_providers'
          const place = settings.place([name])
          const current = settings.value[name] as readonly unknown[]
          const better = list ? current.filter((each) => each !== provider.id) : [...current, provider.id]
          const message = list ? `${name} switches "${provider.id}" off` : `${name} does not name "${provider.id}"`
          return [{ at: place, message, level, provider: provider.id, fix: configFix(place, { [name]: better }) }]
        }
        return provider.models.flatMap(({ key, value, path }): readonly Found[] => {
          const white = at(provider.value, ['whitelist'])
          const black = at(provider.value, ['blacklist'])
          const found = (member: readonly string[], message: string): readonly Found[] => [
            { at: settings.place(member), message, provider: provider.id, model: key, level: 'note' },
          ]
          if (Array.isArray(white) && !white.includes(key)) return found([...provider.path, 'whitelist'], `whitelist leaves "${key}" out`)
          if (Array.isArray(black) && black.includes(key)) return found([...provider.path, 'blacklist'], `blacklist leaves "${key}" out`)
          if (value.status === 'deprecated' || value.status === 'alpha')
            return found([...path, 'status'], `status "${value.status}" hides the model`)
          return []
        })
      }),
  },
]
