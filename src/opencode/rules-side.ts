import { eachModel, type Found, type Rule } from './rule.ts'
import { at, textAt } from './world.ts'

/** What OpenCode does because of a name, without being asked to. */
interface SideEffect {
  readonly pattern: RegExp
  readonly says: string
}

const byProvider: readonly SideEffect[] = [
  { pattern: /^openai/, says: 'an id that starts with "openai" makes 404 retried: a wrong model or path shows only after 70 seconds' },
  { pattern: /^opencode/, says: 'an id that starts with "opencode" sends x-opencode headers instead of those of the session' },
  { pattern: /^(zai|zhipuai)/, says: 'this id adds thinking: { type: "enabled", clear_thinking: false } to every request' },
  { pattern: /^baseten/, says: 'this id adds chat_template_args to every request' },
]

const byModel: readonly SideEffect[] = [
  { pattern: /claude|anthropic/, says: 'the name of the model puts cache_control objects into the messages' },
  {
    pattern: /mistral|devstral|codestral|pixtral|mixtral/,
    says: 'the name of the model makes OpenCode rewrite the ids of tool calls to nine letters and digits',
  },
  { pattern: /deepseek/, says: 'the name of the model puts reasoning_content on every message of the assistant, even an empty one' },
  { pattern: /gpt-5/, says: 'the name of the model adds reasoning_effort: "medium", and replaces edit and write by apply_patch' },
  { pattern: /glm-4\.[67]|minimax-m2|kimi-k2/, says: 'the name of the model sets the temperature, where temperature: true allows one' },
  { pattern: /kimi|gemini/, says: 'the name of the model makes OpenCode rewrite the schemas of tools' },
]

export const sideRules: readonly Rule[] = [
  {
    id: 'CF-42',
    level: 'note',
    title: 'the id of the provider changes requests',
    does: 'OpenCode decides by a part of the name.',
    find: ({ settings, providers }) =>
      providers.flatMap(({ id, path }) =>
        byProvider
          .filter(({ pattern }) => pattern.test(id))
          .map(({ says }): Found => ({ at: settings.place(path, true), message: `provider "${id}": ${says}`, provider: id })),
      ),
  },
  {
    id: 'CF-43',
    level: 'note',
    title: 'the id of the model changes requests',
    does: 'OpenCode decides by a part of the name.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): readonly Found[] => {
        const wire = (textAt(value, ['id']) ?? key).toLowerCase()
        return byModel
          .filter(({ pattern }) => pattern.test(wire))
          .map(({ says }) => ({ at: view.settings.place(path, true), message: `model "${key}": ${says}`, provider: id, model: key }))
      }),
  },
  {
    id: 'CF-44',
    level: 'note',
    title: 'an option that changes requests in a way that surprises',
    does: 'OpenCode hands it to the package.',
    find: ({ settings, providers }) =>
      providers.flatMap(({ id, path, value }): readonly Found[] => {
        const option = (name: string) => at(value, ['options', name])
        const found = (name: string, message: string): Found => ({ at: settings.place([...path, 'options', name]), message, provider: id })
        return [
          ...(option('setCacheKey') === true
            ? [found('setCacheKey', 'setCacheKey sends promptCacheKey with this package, not prompt_cache_key')]
            : []),
          ...(option('includeUsage') === false ? [found('includeUsage', 'without usage OpenCode does not know when to compact')] : []),
        ]
      }),
  },
  {
    id: 'CF-45',
    level: 'note',
    title: 'interleaved: true does nothing',
    does: 'OpenCode takes the name of the member that carries reasoning; true names none.',
    find: (view) =>
      eachModel(view, ({ path, value, key }, { id }): Found | undefined =>
        value.interleaved === true
          ? {
              at: view.settings.place([...path, 'interleaved']),
              message: 'interleaved: true is accepted and has no effect',
              provider: id,
              model: key,
            }
          : undefined,
      ),
  },
]
