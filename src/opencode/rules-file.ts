import { patchAt } from './merge.ts'
import { configFix, type Found, keyVariable, type Rule } from './rule.ts'
import type { Source } from './source.ts'
import { isObject, showPlace, textAt } from './world.ts'

const failuresOf = (sources: readonly Source[], kind: 'unreadable' | 'syntax' | 'file'): readonly Found[] =>
  sources.flatMap(({ failures }) =>
    failures
      .filter((failure) => failure.kind === kind)
      .map(({ place, message, through, does }): Found => {
        if (!through) return { at: place, message, ...(does === undefined ? {} : { does }) }
        return {
          at: place,
          message: `the value of ${through.name} breaks the text: it is put in as it is, and holds a quote, a backslash or a line break`,
          fix: {
            kind: 'say',
            text: `take line breaks and quotes out of ${through.name}, or keep the value in a file and write {file:path}, which is escaped`,
          },
        }
      }),
  )

/** What is written in the file beside it, for a table that only another program reads. */
const fromToml = (text: string): { readonly provider: string; readonly patch: Record<string, unknown> } | undefined => {
  const [, provider] = /^\s*\[provider\.["']?([\w-]+)["']?\]/m.exec(text) ?? []
  if (provider === undefined) return undefined
  const member = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*["']?([^"'\\n#]+?)["']?\\s*(#.*)?$`, 'm').exec(text)?.[1]
  const variable = member('api_key_env') ?? keyVariable(provider)
  const baseURL = member('base_url')
  const model = member('default_model')
  return {
    provider,
    patch: {
      npm: '@ai-sdk/openai-compatible',
      options: { ...(baseURL === undefined ? {} : { baseURL }), apiKey: `{env:${variable}}` },
      ...(model === undefined ? {} : { models: { [model]: {} } }),
    },
  }
}

export const createFileRules = (read: (file: string) => string): readonly Rule[] => [
  {
    id: 'CF-05',
    level: 'error',
    title: 'a file is no JSON',
    does: 'OpenCode does not start: "Config file at … is not valid JSON(C)".',
    find: ({ settings }) => failuresOf(settings.sources, 'syntax'),
  },
  {
    id: 'CF-13',
    level: 'error',
    title: 'a file that is put in does not exist',
    does: 'OpenCode does not start: "bad file reference".',
    find: ({ settings }) => failuresOf(settings.sources, 'file'),
  },
  {
    id: 'CF-47',
    level: 'error',
    title: 'a configuration is put into a value',
    does: 'OpenCode takes the whole text of the file for the value; as a key it is refused.',
    find: ({ settings }) =>
      settings.sources.flatMap(({ substitutions, placeOf }) =>
        substitutions
          .filter(({ file }) => settings.sources.some((source) => source.file === file))
          .map(({ name, from }) => ({
            at: placeOf(from),
            message: `{file:${name}} names a configuration, and not a file that holds one value`,
            fix: { kind: 'say', text: 'name a file in which nothing but the value stands' },
          })),
      ),
  },
  {
    id: 'CF-14',
    level: 'error',
    title: 'a file cannot be read',
    does: 'OpenCode cannot read it either.',
    find: ({ settings }) => [
      ...failuresOf(settings.sources, 'unreadable'),
      ...(settings.auth.problem === undefined
        ? []
        : [{ at: { file: settings.auth.from, line: 0, column: 0 }, message: settings.auth.problem, level: 'warning' as const }]),
    ],
  },
  {
    id: 'CF-15',
    level: 'warning',
    title: 'a configuration file that OpenCode never reads',
    does: 'OpenCode never opens it; what stands in it has no effect.',
    find: ({ settings }) =>
      settings.strays.map(({ file, instead }) => {
        const alone = !isObject(settings.value.provider)
        const known = /\.toml$/.test(file) ? fromToml(read(file)) : undefined
        return {
          at: { file, line: 1, column: 1 },
          message: `OpenCode reads no such file; the configuration belongs in ${instead}`,
          ...(alone ? { level: 'error' as const } : {}),
          fix:
            known === undefined
              ? { kind: 'say', text: `move what is in it to ${instead}` }
              : configFix({ file: instead, line: 0, column: 0 }, patchAt(['provider', known.provider], known.patch)),
        }
      }),
  },
  {
    id: 'CF-46',
    level: 'warning',
    title: 'a source of configuration was not read',
    does: 'OpenCode reads it, so that its providers, models and keys may be others than those that are told here.',
    find: ({ settings }) =>
      settings.unread.map(({ file, why, sure }) => ({
        at: { file, line: 0, column: 0 },
        message: sure ? `not read: ${why}` : why,
        ...(sure ? {} : { level: 'note' as const }),
        fix: { kind: 'say', text: 'compare with what `opencode debug config` prints' },
      })),
  },
  {
    id: 'CF-16',
    level: 'note',
    title: 'a value is overridden by another file',
    does: 'OpenCode merges all files member by member; the last one wins.',
    find: ({ settings, providers }) =>
      providers.flatMap(({ id, path }) =>
        [[...path, 'options', 'baseURL'], [...path, 'npm'], ['model']].flatMap((member): readonly Found[] => {
          const sources = settings.origins(member)
          const winner = sources.at(-1)
          const values = new Set(sources.map((source) => textAt(source.value, member)))
          if (!winner || values.size < 2) return []
          const losers = sources.slice(0, -1).map((source) => showPlace(source.place(member)))
          return [
            {
              at: winner.place(member),
              message: `${member.join('.')} here overrides ${losers.join(' and ')}`,
              ...(member.length > 1 ? { provider: id } : {}),
            },
          ]
        }),
      ),
  },
]
