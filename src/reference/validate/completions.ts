import type { Task } from '../conversation.ts'
import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { readInputs } from './embeddings.ts'
import { boolean, filled, integer, listOf, mapOf, members, number, type Rule, string } from './members.ts'

const stop: Rule = (value, path) => (typeof value === 'string' ? filled(value, path) : listOf(filled, 1, 4)(value, path))

const rules = members({
  model: filled,
  max_tokens: integer(1),
  temperature: number(0, 2),
  top_p: number(0, 1),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  n: integer(1, 8),
  best_of: integer(1, 20),
  logprobs: integer(0, 5),
  echo: boolean,
  suffix: string,
  stop,
  stream: boolean,
  stream_options: members({ include_usage: boolean, include_obfuscation: boolean }),
  seed: integer(Number.MIN_SAFE_INTEGER),
  logit_bias: mapOf(number(-100, 100)),
  user: string,
})

/** A prompt as text, with what is to be written behind it. */
export interface Prompt {
  readonly text: string
  readonly task: Task
}

/** What the older endpoint writes when nothing else is said. */
const defaultCap = 16

/** Checks a request for completions and gives one task for each prompt; throws a refusal. */
export const readCompletions = (body: Json): readonly Prompt[] => {
  if (body.model === undefined || body.model === null) throw missing('model')
  rules(body, '')
  if (body.stream_options && body.stream !== true) {
    throw invalid('stream_options', "'stream_options' is only allowed when 'stream' is true.")
  }
  if (typeof body.best_of === 'number') {
    if (body.best_of < (body.n ?? 1)) throw invalid('best_of', "Invalid 'best_of': must not be below 'n'.")
    if (body.best_of > 1 && body.stream === true) throw invalid('best_of', "'best_of' cannot be streamed.")
  }
  return readInputs(body.prompt, 'prompt').map((prompt) => {
    // tokens of this endpoint have no numbers, so that those of a prompt stand for themselves
    const text = typeof prompt === 'string' ? prompt : prompt.join(' ')
    return { text, task: taskOf(body, text) }
  })
}

const taskOf = (body: Json, text: string): Task => ({
  model: body.model,
  turns: [{ role: 'user', text }],
  tools: [],
  choice: { mode: 'none' },
  parallel: false,
  stops: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []),
  cap: body.max_tokens ?? defaultCap,
  format: 'text',
  effort: 'none',
})
