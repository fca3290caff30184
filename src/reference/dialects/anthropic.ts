import type { Json } from '../exchange.ts'
import { onChatRequest, onMessages, refusesChat } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { readsOver } from './parts.ts'

const isInstruction = (message: Json): boolean => message?.role === 'system' || message?.role === 'developer'

/** The layer for clients of OpenAI is a convenience beside the native Messages API, and reads over what that does not have. */
export const anthropic: Dialect = {
  name: 'anthropic',
  speaks: 'the Messages API, and a layer for clients of OpenAI that ignores what it cannot do',
  models: { 'claude-sonnet-4-6': 'plain', 'claude-opus-4-7': 'thinking' },
  serves: ['messages', 'chat'],
  bends: [
    refusesChat((body) => body.n > 1, 'n'),
    readsOver('response_format', 'logprobs', 'top_logprobs', 'seed', 'presence_penalty', 'frequency_penalty'),
    readsOver('metadata', 'store', 'user', 'reasoning_effort'),
    onChatRequest((body) => {
      if (body.temperature > 1) body.temperature = 1
      for (const tool of Array.isArray(body.tools) ? body.tools : []) delete tool?.function?.strict
      return undefined
    }),
    onMessages((messages) => {
      const texts = messages.filter((message) => isInstruction(message) && typeof message.content === 'string')
      if (texts.length === 0) return messages
      const joined = { role: 'system', content: texts.map(({ content }) => content).join('\n') }
      return [joined, ...messages.filter((message) => !texts.includes(message))]
    }),
    like('hidden-reasoning'),
  ],
}
