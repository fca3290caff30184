import { catalogue } from './choose.ts'
import { credentials, isAuthorization } from './credentials.ts'
import { patchAt } from './merge.ts'
import { openai, packageOf } from './packages.ts'
import { configFix, type Found, keyVariable, type Rule } from './rule.ts'
import { placeholder } from './rules-key.ts'
import { at, textAt } from './world.ts'

/** Where a key is taken from, and which one wins. */
export const keySourceRules: readonly Rule[] = [
  {
    id: 'CF-26',
    level: 'warning',
    title: 'two keys',
    does: 'A header of options.headers replaces what the key would send.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        const all = credentials(settings, [provider])
        const header = all.find(({ what, path, value }) => what === 'header' && isAuthorization(path.at(-1) ?? '') && value !== '')
        const key = all.find(({ what, value }) => what !== 'header' && value !== '')
        if (!header || !key || header.value.replace(/^bearer\s+/i, '') === key.value) return []
        const fix = key.what === 'auth' ? undefined : configFix(key.place, patchAt(key.path, null))
        return [
          {
            at: header.place,
            message: `the Authorization header is sent, and the key of ${key.place.file} is not`,
            provider: provider.id,
            ...(fix ? { fix } : {}),
          },
        ]
      }),
  },
  {
    id: 'CF-28',
    level: 'error',
    title: 'the package needs a key',
    does: 'ProviderAuthError: OpenAI API key is missing.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        const npms = [textAt(provider.value, ['npm']), ...provider.models.map(({ value }) => textAt(value, ['provider', 'npm']))]
        const npm =
          npms.find((each) => each === openai) ?? npms.find((each) => each !== undefined && packageOf(each).variable !== undefined)
        const { variable = '' } = packageOf(npm ?? '')
        // what a provider of the catalogue reads its key from stands there
        if (npm === undefined || variable === '' || settings.env[variable] || (npm !== openai && catalogue.test(provider.id))) return []
        const names = at(provider.value, ['env'])
        const fromEnv = Array.isArray(names) && names.length === 1 && settings.env[String(names[0])]
        if (fromEnv || credentials(settings, [provider]).some(({ what, value }) => what !== 'header' && value !== '')) return []
        const path = [...provider.path, 'options', 'apiKey']
        // an unset variable is said by its own rule
        if ((settings.origin(path)?.within(path).length ?? 0) > 0) return []
        const at_ = settings.place([...provider.path, 'npm'])
        const fix = configFix(at_, patchAt(path, `{env:${keyVariable(provider.id)}}`), `and export ${keyVariable(provider.id)}`)
        const does = `ProviderAuthError: … API key is missing. Pass it using the 'apiKey' parameter or the ${variable} environment variable.`
        const message = `${npm} needs options.apiKey, a header alone does not do`
        return [{ at: at_, message, provider: provider.id, fix, ...(npm === openai ? {} : { does }) }]
      }),
  },
  {
    id: 'CF-29',
    level: 'warning',
    title: 'several variables for one key',
    does: 'OpenCode takes the key from `env` only where the list has exactly one entry.',
    find: ({ settings, providers }) =>
      providers.flatMap((provider): readonly Found[] => {
        const names = at(provider.value, ['env'])
        if (!Array.isArray(names) || names.length < 2 || credentials(settings, [provider]).some(({ value }) => value !== '')) return []
        const place = settings.place([...provider.path, 'env'])
        const set = names.map(String).find((name) => settings.env[name]) ?? String(names[0])
        return [
          {
            at: place,
            message: `none of ${names.length} variables is used as the key`,
            provider: provider.id,
            fix: configFix(place, patchAt([...provider.path, 'options', 'apiKey'], `{env:${set}}`)),
          },
        ]
      }),
  },
  {
    id: 'CF-30',
    level: 'note',
    title: 'a key stands in a project file',
    does: 'OpenCode uses it; whoever gets the repository has it too.',
    find: ({ settings, providers }) =>
      credentials(settings, providers).flatMap(({ what, path, token, variable, value, place, provider }): readonly Found[] => {
        if (what === 'auth' || token !== undefined || variable !== undefined || value === '' || placeholder.test(value)) return []
        const level = settings.origin(path)?.level
        if (level !== 'project' && level !== '.opencode') return []
        const scheme = what === 'header' ? 'Bearer ' : ''
        return [
          {
            at: place,
            message: 'a key is written out in a file of the project',
            provider,
            fix: configFix(place, patchAt(path, `${scheme}{env:${keyVariable(provider)}}`), `and export ${keyVariable(provider)}`),
          },
        ]
      }),
  },
]
