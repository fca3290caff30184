import { suggest } from '../suite/suggest.ts'
import { catalogue, splitName } from './choose.ts'
import { patchAt } from './merge.ts'
import { bundled, compatible, openai } from './packages.ts'
import { configFix, eachModel, type Found, type Rule } from './rule.ts'
import { at, isObject, textAt } from './world.ts'

/** Whether a text could be what an endpoint calls a model: one word with a digit, a dash or a slash in it. */
const looksLikeId = (name: string): boolean => /^[\w.:/@+-]+$/.test(name) && /[\d/_:-]/.test(name)

export const modelRules: readonly Rule[] = [
  {
    id: 'CF-09',
    level: 'error',
    title: 'a provider without models',
    does: 'The provider is absent from `opencode models`, without a message.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        if (provider.models.length > 0 || catalogue.test(provider.id)) return []
        const models = at(provider.value, ['models'])
        if (models !== undefined && !isObject(models)) return []
        const place = settings.place(provider.path, true)
        const named = textAt(settings.value, ['model'])
        const [owner, model] = named === undefined ? ['', ''] : splitName(named)
        const key = owner === provider.id && model !== '' ? model : 'model-id'
        const note = key === 'model-id' ? 'put in the id under which the endpoint lists the model' : undefined
        return [
          {
            at: place,
            message: `provider "${provider.id}" has no models; OpenCode asks no endpoint for its list`,
            provider: provider.id,
            fix: configFix(place, patchAt([...provider.path, 'models', key], {}), note),
          },
        ]
      }),
  },
  {
    id: 'CF-31',
    level: 'error',
    title: 'apiCompatibility has no effect',
    does: 'OpenCode drops it, and goes on sending to /chat/completions.',
    find: (view) => {
      const fixed = (place: Found['at'], path: readonly string[], npm: unknown) => configFix(place, patchAt(path, npm))
      const onModels = eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        if (value.apiCompatibility === undefined) return undefined
        const place = view.settings.place([...path, 'apiCompatibility'], true)
        const responses = value.apiCompatibility === 'responses'
        const message = responses
          ? `"apiCompatibility" does not exist; what switches to the Responses API is npm: "${openai}"`
          : '"apiCompatibility" does not exist'
        const patch = { apiCompatibility: null, ...(responses ? { provider: { npm: openai } } : {}) }
        return { at: place, message, provider: id, model: key, fix: fixed(place, path, patch) }
      })
      const onProviders = view.providers.flatMap(({ id, path, value }): readonly Found[] => {
        const places = [path, [...path, 'options']].filter((each) => at(view.settings.value, [...each, 'apiCompatibility']) !== undefined)
        return places.map((each) => {
          const place = view.settings.place([...each, 'apiCompatibility'], true)
          const inOptions = each.length > path.length
          const cleared = inOptions ? { options: { apiCompatibility: null } } : { apiCompatibility: null }
          const responses = at(value, [...each.slice(path.length), 'apiCompatibility']) === 'responses'
          const message = `"apiCompatibility" does not exist; what switches to the Responses API is npm: "${openai}"`
          return { at: place, message, provider: id, fix: fixed(place, path, { ...cleared, ...(responses ? { npm: openai } : {}) }) }
        })
      })
      return [...onModels, ...onProviders]
    },
  },
  {
    id: 'CF-32',
    level: 'warning',
    title: 'name is taken for the id of the model',
    does: 'OpenCode sends `id`, or the key of the model where there is none; `name` is only shown.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        const name = textAt(value, ['name'])
        if (name === undefined || value.id !== undefined || name === key || !looksLikeId(name)) return undefined
        const place = view.settings.place([...path, 'name'])
        const message = `the request says "${key}", not "${name}": the name is display only`
        return { at: place, message, provider: id, model: key, fix: configFix(place, patchAt([...path, 'id'], name)) }
      }),
  },
  {
    id: 'CF-33',
    level: 'warning',
    title: 'tools is no member of a model',
    does: 'OpenCode drops it; tools are sent with every request, whatever the model says.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        if (value.tools === undefined) return undefined
        const place = view.settings.place([...path, 'tools'], true)
        return {
          at: place,
          message: '"tools" does nothing on a model, neither true nor false',
          provider: id,
          model: key,
          fix: configFix(place, patchAt([...path, 'tools'], null)),
        }
      }),
  },
  {
    id: 'CF-34',
    level: 'note',
    title: 'tool_call changes no request',
    does: 'OpenCode sends all tools with `tool_call: false` too.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined =>
        value.tool_call === false
          ? {
              at: view.settings.place([...path, 'tool_call']),
              message: 'tool_call: false does not stop tools from being sent',
              provider: id,
              model: key,
            }
          : undefined,
      ),
  },
  {
    id: 'CF-38',
    level: 'warning',
    title: 'the package is not bundled',
    does: 'OpenCode installs it when it is first used; without access to the registry the turn hangs without a message.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider) =>
        [[...provider.path, 'npm'], ...provider.models.map(({ path }) => [...path, 'provider', 'npm'])].flatMap(
          (path): readonly Found[] => {
            const npm = textAt(settings.value, path)
            if (npm === undefined || Object.hasOwn(bundled, npm) || npm.startsWith('file://')) return []
            const near = suggest(npm, Object.keys(bundled))
            const place = settings.place(path)
            const better = /"(.*)"/.exec(near)?.[1] ?? compatible
            return [
              {
                at: place,
                message: `${npm} is not among the packages of OpenCode${near}`,
                provider: provider.id,
                fix: configFix(place, patchAt(path, better)),
              },
            ]
          },
        ),
      ),
  },
  {
    id: 'CF-41',
    level: 'error',
    title: 'white space in the id of a model',
    does: 'OpenCode sends it, and the endpoint does not know such a model.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined => {
        const wire = textAt(value, ['id']) ?? key
        if (wire === wire.trim()) return undefined
        const place = view.settings.place(value.id === undefined ? path : [...path, 'id'], value.id === undefined)
        return {
          at: place,
          message: 'there is white space around the id of the model',
          provider: id,
          model: key,
          fix: configFix(place, patchAt([...path, 'id'], wire.trim())),
        }
      }),
  },
]
