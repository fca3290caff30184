import { speeches } from './chat-reply.ts'
import { promptTokens, type Task, type Turn } from './conversation.ts'
import type { Answer, Call, Json, Speech } from './exchange.ts'
import { logprobOf } from './logprobs.ts'
import { requireModel, requireRoom } from './models.ts'
import { missing } from './refusal.ts'
import { historyOf, inputItems, keep, storedItem, unfinished } from './responses-state.ts'
import { responseEvents } from './responses-stream.ts'
import { tokensOf } from './tokens.ts'
import { readInput, resolveItems } from './validate/items.ts'
import { readResponses } from './validate/responses.ts'
import { nextId, seconds, speakingMs, type World } from './world.ts'

const includes = (body: Json, name: string): boolean => Array.isArray(body.include) && body.include.includes(name)

const reasoningItem = (world: World, speech: Speech, status: string, body: Json): Json => ({
  id: nextId(world, 'rs_'),
  type: 'reasoning',
  summary: body.reasoning?.summary ? [{ type: 'summary_text', text: 'I read the question and worked it out.' }] : [],
  content: [{ type: 'reasoning_text', text: speech.reasoning }],
  ...(includes(body, 'reasoning.encrypted_content') ? { encrypted_content: Buffer.from(speech.reasoning, 'utf8').toString('base64') } : {}),
  status,
})

const messageItem = (world: World, text: string, status: string, body: Json): Json => ({
  id: nextId(world, 'msg_'),
  type: 'message',
  status,
  role: 'assistant',
  content: [
    {
      type: 'output_text',
      text,
      annotations: [],
      logprobs: includes(body, 'message.output_text.logprobs')
        ? tokensOf(text).map((token) => logprobOf(token, body.top_logprobs ?? 0))
        : [],
    },
  ],
})

/** The items of a reply in order: thoughts, then words or calls. The item that the cap cut is incomplete, as is nothing before it. */
const outputItems = (world: World, speech: Speech, body: Json): Json[] => {
  const cut = speech.finish === 'length'
  const speaks = speech.content !== null && speech.content !== ''
  const items: Json[] = []
  const last = (isLast: boolean) => (cut && isLast ? 'incomplete' : 'completed')
  if (speech.reasoning !== '') items.push(reasoningItem(world, speech, last(!speaks && speech.calls.length === 0), body))
  if (speaks || (speech.calls.length === 0 && !cut && speech.content !== null))
    items.push(messageItem(world, speech.content ?? '', last(true), body))
  for (const [index, call] of speech.calls.entries()) {
    const status = last(index === speech.calls.length - 1)
    items.push({ id: nextId(world, 'fc_'), type: 'function_call', status, call_id: call.id, name: call.name, arguments: call.arguments })
  }
  return items
}

const responseUsage = (input: number, speech: Speech): Json => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: speech.completionTokens,
  output_tokens_details: { reasoning_tokens: speech.reasoningTokens },
  total_tokens: input + speech.completionTokens,
})

/** The whole reply. What was asked for is echoed; what was left out shows its default. */
const responseBody = (world: World, body: Json, task: Task, speech: Speech, input: number): Json => {
  const cut = speech.finish === 'length'
  const now = seconds(world)
  return {
    id: nextId(world, 'resp_'),
    object: 'response',
    created_at: now,
    status: cut ? 'incomplete' : 'completed',
    background: body.background === true,
    completed_at: cut ? null : now,
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    model: body.model,
    output: outputItems(world, speech, body),
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: body.previous_response_id ?? null,
    reasoning: {
      effort: body.reasoning?.effort ?? (task.effort === 'none' ? null : task.effort),
      summary: body.reasoning?.summary ?? null,
    },
    service_tier: 'default',
    store: body.store ?? true,
    temperature: body.temperature ?? 1,
    text: { ...body.text, format: body.text?.format ?? { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? 1,
    truncation: body.truncation ?? 'disabled',
    usage: responseUsage(input, speech),
    metadata: body.metadata ?? {},
  }
}

/** The turns of this exchange as a later request sees them: instructions are not carried over. */
const remembered = (task: Task, speech: Speech, instructed: boolean): Turn[] => {
  const said: Turn = { role: 'assistant', text: speech.content ?? '', ...(speech.calls.length > 0 ? { calls: speech.calls } : {}) }
  return [...task.turns.slice(instructed ? 1 : 0), said]
}

const readTask = (world: World, body: Json): Task => {
  body.input = resolveItems(body.input, (id) => storedItem(world, id))
  const task = readResponses(body, historyOf(world, body.previous_response_id))
  requireModel(world, task.model)
  return task
}

/** POST /responses. */
export const answerResponses = (world: World, call: Call): Answer => {
  const body = call.json
  const task = readTask(world, body)
  const input = promptTokens(task.turns, task.tools)
  requireRoom(input, 'input')
  const [speech] = speeches(world, task, call, 1) as [Speech]
  const response = responseBody(world, call.sent, task, speech, input)
  const background = body.background === true && body.stream !== true
  if (body.store !== false) {
    const readyAt = background ? world.now() + speakingMs(world, speech.completionTokens) : 0
    const turns = remembered(task, speech, Boolean(body.instructions))
    keep(world, { response, items: inputItems(world, body.input), turns, background: body.background === true, readyAt, cancelled: false })
  }
  const common = { status: 200, headers: {}, about: '', tokens: background ? 0 : speech.completionTokens }
  if (body.stream === true) return { ...common, kind: 'response-stream', events: responseEvents(response) }
  return { ...common, kind: 'response', body: structuredClone(background ? unfinished(response, 'queued') : response) }
}

/** POST /responses/input_tokens. */
export const countInput = (world: World, call: Call): Answer => {
  const body = call.json
  if (body.input === undefined) throw missing('input')
  const task = body.model === undefined ? undefined : readTask(world, body)
  const count = promptTokens(task?.turns ?? readInput(body.input, []), task?.tools ?? [])
  return {
    kind: 'input-tokens',
    status: 200,
    headers: {},
    body: { object: 'response.input_tokens', input_tokens: count },
    about: '',
    tokens: 0,
  }
}
