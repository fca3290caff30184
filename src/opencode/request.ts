import type { Api } from './packages.ts'
import { tools } from './request-tools.ts'
import type { Effective } from './resolve.ts'
import type { Json } from './world.ts'

/** What of OpenCode's request is changed, to see which part of it an endpoint refuses. */
export interface Variation {
  readonly model?: string
  readonly tools?: false
  readonly maxTokens?: number
  readonly usage?: false
  readonly stream?: false
  readonly short?: true
}

/** About as long as the instructions and tool descriptions of a session, so that a window that is too small shows at once. */
const filler = 'The assistant works in a folder of the user, reads before it writes, and says briefly what it did. '
const instructions = `You help with programming in a terminal. ${filler.repeat(240)}`
const prompt = 'Reply with the single word OK.'

/** Options of the model that are not members of the body, or that are written later. */
const own = new Set([
  'user',
  'reasoningEffort',
  'textVerbosity',
  'strictJsonSchema',
  'model',
  'messages',
  'tools',
  'tool_choice',
  'stream',
  'stream_options',
])

const withoutOwn = (options: Json): Json => Object.fromEntries(Object.entries(options).filter(([name]) => !own.has(name)))

/** The body that OpenCode sends with the first prompt of a session, without the wording of its instructions. */
export const requestBody = (effective: Effective, change: Variation = {}): Json => {
  const stream = change.stream ?? true
  const asked = change.maxTokens ?? effective.maxTokens
  const model = change.model ?? effective.wireId.value
  const system = change.short ? 'You help with programming.' : instructions
  const { cap = 'max_tokens', extra = {}, parts, tools: declares } = effective.package
  const said = (role: 'system' | 'user', text: string): Json => ({ role, content: parts === role ? [{ type: 'text', text }] : text })
  const declared = change.tools === false || change.short || declares === false ? [] : tools
  const makers: Readonly<Record<Exclude<Api, 'own'>, () => Json>> = {
    chat: () => ({
      model,
      [cap]: asked,
      messages: [said('system', system), said('user', prompt)],
      ...extra,
      ...withoutOwn(effective.body),
      ...(declared.length === 0 ? {} : { tools: declared.map((tool) => ({ type: 'function', function: tool })), tool_choice: 'auto' }),
      stream,
      ...(stream && effective.includeUsage && change.usage !== false ? { stream_options: { include_usage: true } } : {}),
    }),
    responses: () => ({
      model,
      max_output_tokens: asked,
      input: [
        { role: 'system', content: system },
        { role: 'user', content: [{ type: 'input_text', text: prompt }] },
      ],
      store: false,
      prompt_cache_key: 'ses_wirecheck',
      ...(declared.length === 0
        ? {}
        : {
            tools: declared.map(({ name, description, parameters: { $schema: _, ...parameters } }) => ({
              type: 'function',
              name,
              description,
              parameters,
              strict: false,
            })),
            tool_choice: 'auto',
          }),
      stream,
    }),
    messages: () => ({
      model,
      max_tokens: asked,
      system: [{ type: 'text', text: system }],
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      ...(declared.length === 0
        ? {}
        : {
            tools: declared.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters })),
            tool_choice: { type: 'auto' },
          }),
      stream,
    }),
  }
  return makers[effective.api === 'own' ? 'chat' : effective.api]()
}
