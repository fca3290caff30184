import { speeches } from './chat-reply.ts'
import { completionEvents } from './completions-stream.ts'
import type { Answer, Call, Json, Speech } from './exchange.ts'
import { requireModel, requireRoom } from './models.ts'
import { countTokens, tokensOf } from './tokens.ts'
import { type Prompt, readCompletions } from './validate/completions.ts'
import { nextId, seconds, type World } from './world.ts'

/** One choice: the prompt where it is echoed, and what was written behind it. */
export interface Written {
  readonly echoed: string
  readonly text: string
  readonly finish: string
}

const topOf = (token: string, alternatives: number): Json =>
  Object.fromEntries(Array.from({ length: alternatives }, (_, rank) => [`${token}${'~'.repeat(rank)}`, -0.125 * (rank + 1)]))

/** Log probabilities in the older form: lists side by side. The first token of an echoed prompt follows from nothing. */
const legacyLogprobs = ({ echoed, text }: Written, alternatives: number): Json => {
  const tokens = [...tokensOf(echoed), ...tokensOf(text)]
  let offset = 0
  return {
    tokens,
    token_logprobs: tokens.map((_, at) => (at === 0 && echoed !== '' ? null : -0.125)),
    top_logprobs: tokens.map((token, at) => (at === 0 && echoed !== '' ? null : topOf(token, alternatives))),
    text_offset: tokens.map((token) => {
      const at = offset
      offset += token.length
      return at
    }),
  }
}

/** `best_of` continuations for each prompt, of which the first `n` are kept. */
const write = (world: World, call: Call, { text, task }: Prompt): { kept: Written[]; spoken: Speech[] } => {
  const { n = 1, best_of, echo } = call.json
  const spoken = speeches(world, task, call, Math.max(n ?? 1, best_of ?? 1))
  const kept = spoken.slice(0, n ?? 1).map((speech) => ({
    echoed: echo === true ? text : '',
    text: `${speech.reasoning === '' ? '' : `<think>${speech.reasoning}</think>`}${speech.content ?? ''}`,
    finish: speech.finish === 'length' ? 'length' : 'stop',
  }))
  return { kept, spoken }
}

/** POST /completions. */
export const answerCompletion = (world: World, call: Call): Answer => {
  const body = call.json
  const prompts = readCompletions(body)
  requireModel(world, body.model)
  const suffix = countTokens(body.suffix ?? '')
  const prompt = prompts.reduce((count, { text }) => count + countTokens(text) + suffix, 0)
  requireRoom(prompt, 'prompt')
  const results = prompts.map((each) => write(world, call, each))
  const written = results.flatMap(({ kept }) => kept)
  const completion = results.flatMap(({ spoken }) => spoken).reduce((sum, { completionTokens }) => sum + completionTokens, 0)
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
  const head = { id: nextId(world, 'cmpl-'), object: 'text_completion', created: seconds(world), model: body.model }
  const common = { status: 200, headers: {}, about: '', tokens: completion }
  const logprobsOf = (each: Written): Json => (typeof body.logprobs === 'number' ? legacyLogprobs(each, body.logprobs) : null)
  if (body.stream === true) {
    const wantsUsage = body.stream_options?.include_usage === true
    return { ...common, kind: 'completion-stream', events: completionEvents(head, written, wantsUsage ? usage : undefined, logprobsOf) }
  }
  const choices = written.map((each, index) => ({
    text: `${each.echoed}${each.text}`,
    index,
    logprobs: logprobsOf(each),
    finish_reason: each.finish,
  }))
  return { ...common, kind: 'completion', body: { ...head, choices, usage, system_fingerprint: 'fp_reference' } }
}
