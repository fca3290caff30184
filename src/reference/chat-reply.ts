import { type ChatHead, chatEvents } from './chat-stream.ts'
import { promptTokens, type Task } from './conversation.ts'
import type { Answer, Call, Json, Speech } from './exchange.ts'
import { logprobOf } from './logprobs.ts'
import { babbleOn, gistOf, hasRandomWeights } from './model/random-weights.ts'
import { speak } from './model/speak.ts'
import { requireModel, requireRoom } from './models.ts'
import { tokensOf } from './tokens.ts'
import { readChat } from './validate/chat.ts'
import { nextId, seconds, type World } from './world.ts'

/** What the model says to one task, whichever endpoint asks. */
export const say = (world: World, task: Task): Speech => {
  const nextCallId = () => nextId(world, 'call_')
  if (!hasRandomWeights(task.model)) return speak(task, nextCallId)
  const asked = `asked ${gistOf(task)}`
  const before = world.counters.get(asked) ?? 0
  world.counters.set(asked, before + 1)
  return babbleOn(task, before, nextCallId)
}

/** The same task said once per choice, with what the bends make of it. */
export const speeches = (world: World, task: Task, call: Call, count: number): Speech[] =>
  Array.from({ length: count }, () => {
    const speech = say(world, task)
    for (const bend of world.bends) bend.speech?.(speech, call)
    return speech
  })

export const chatUsage = (prompt: number, spoken: readonly Speech[]): Json => {
  const completion = spoken.reduce((sum, speech) => sum + speech.completionTokens, 0)
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: spoken.reduce((sum, speech) => sum + speech.reasoningTokens, 0) },
  }
}

const message = (speech: Speech): Json => ({
  role: 'assistant',
  content: speech.content,
  refusal: speech.refusal ?? null,
  ...(speech.reasoning === '' ? {} : { reasoning_content: speech.reasoning }),
  ...(speech.calls.length === 0
    ? {}
    : {
        tool_calls: speech.calls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      }),
})

const choice = (speech: Speech, index: number, body: Json): Json => ({
  index,
  message: message(speech),
  logprobs:
    body.logprobs === true && speech.content !== null
      ? { content: tokensOf(speech.content).map((token) => logprobOf(token, body.top_logprobs ?? 0)), refusal: null }
      : null,
  finish_reason: speech.finish,
})

/** POST /chat/completions. */
export const answerChat = (world: World, call: Call): Answer => {
  const body = call.json
  const task = readChat(body)
  requireModel(world, task.model)
  const prompt = promptTokens(task.turns, task.tools)
  requireRoom(prompt, 'messages')
  const spoken = speeches(world, task, call, body.n ?? 1)
  const head: ChatHead = { id: nextId(world, 'chatcmpl-'), created: seconds(world), model: task.model }
  const usage = chatUsage(prompt, spoken)
  const common = { status: 200, about: '', tokens: usage.completion_tokens }
  if (body.stream === true) return { ...common, kind: 'chat-stream', headers: {}, events: chatEvents(head, spoken, usage, body) }
  const choices = spoken.map((speech, index) => choice(speech, index, body))
  const tail = { service_tier: 'default', system_fingerprint: 'fp_reference' }
  return {
    ...common,
    kind: 'chat',
    headers: {},
    body: { id: head.id, object: 'chat.completion', created: head.created, model: head.model, choices, usage, ...tail },
  }
}
