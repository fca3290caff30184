import type { Json, Speech, StreamEvent } from './exchange.ts'
import { logprobOf } from './logprobs.ts'
import { tokensOf } from './tokens.ts'

/** What every chunk of one stream has in common. */
export interface ChatHead {
  readonly id: string
  readonly created: number
  readonly model: string
}

interface Delta {
  readonly delta: Json
  readonly finish?: string
  readonly logprobs?: Json
}

/** The deltas of one choice: role, thoughts, words or calls, finish. */
const deltasOf = (speech: Speech, alternatives: number | undefined): Delta[] => {
  const deltas: Delta[] = [{ delta: { role: 'assistant', content: speech.content === null ? null : '', refusal: null } }]
  for (const token of tokensOf(speech.reasoning)) deltas.push({ delta: { reasoning_content: token } })
  for (const token of tokensOf(speech.content ?? '')) {
    const logprobs = alternatives === undefined ? undefined : { content: [logprobOf(token, alternatives)], refusal: null }
    deltas.push({ delta: { content: token }, ...(logprobs ? { logprobs } : {}) })
  }
  for (const token of tokensOf(speech.refusal ?? '')) deltas.push({ delta: { refusal: token } })
  for (const [index, call] of speech.calls.entries()) {
    deltas.push({ delta: { tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }] } })
    for (const part of tokensOf(call.arguments)) deltas.push({ delta: { tool_calls: [{ index, function: { arguments: part } }] } })
  }
  deltas.push({ delta: {}, finish: speech.finish })
  return deltas
}

/** The events of a streamed chat reply. Several choices take turns. */
export const chatEvents = (head: ChatHead, spoken: readonly Speech[], usage: Json, body: Json): StreamEvent[] => {
  const wantsUsage = body.stream_options?.include_usage === true
  const chunk = (choices: Json[], own: Json = null): StreamEvent => ({
    data: {
      id: head.id,
      object: 'chat.completion.chunk',
      created: head.created,
      model: head.model,
      service_tier: 'default',
      system_fingerprint: 'fp_reference',
      choices,
      ...(wantsUsage ? { usage: own } : {}),
    },
  })
  const alternatives = body.logprobs === true ? (body.top_logprobs ?? 0) : undefined
  const lists = spoken.map((speech) => deltasOf(speech, alternatives))
  const events: StreamEvent[] = []
  const longest = Math.max(...lists.map((list) => list.length))
  for (let step = 0; step < longest; step += 1) {
    for (const [index, list] of lists.entries()) {
      const next = list[step]
      if (next) events.push(chunk([{ index, delta: next.delta, logprobs: next.logprobs ?? null, finish_reason: next.finish ?? null }]))
    }
  }
  if (wantsUsage) events.push(chunk([], usage))
  events.push({ data: '[DONE]' })
  return events
}
