import { say } from './chat-reply.ts'
import { promptTokens, type Task } from './conversation.ts'
import type { Answer, Call, Json, Speech } from './exchange.ts'
import { messageEvents } from './messages-stream.ts'
import { requireModel, requireRoom } from './models.ts'
import { Refusal } from './refusal.ts'
import { readMessagesRequest } from './validate/messages-api.ts'
import { nextId, type World } from './world.ts'

/** Arguments that the cap has cut are no object; the block is there all the same. */
const inputOf = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Thoughts, words, calls: a block each, and none for what was not said. */
const blocksOf = (world: World, speech: Speech): Json[] => [
  ...(speech.reasoning === ''
    ? []
    : [{ type: 'thinking', thinking: speech.reasoning, signature: Buffer.from(speech.reasoning.slice(0, 24)).toString('base64') }]),
  ...(speech.content ? [{ type: 'text', text: speech.content }] : []),
  ...speech.calls.map((call) => ({ type: 'tool_use', id: nextId(world, 'toolu_'), name: call.name, input: inputOf(call.arguments) })),
]

/** The stop sequence that ended the text: the same words go on with it when nothing stops them. */
const stopOf = (world: World, task: Task, { content, finish }: Speech): string | null => {
  if (task.stops.length === 0 || finish !== 'stop' || content === null) return null
  const whole = say(world, { ...task, stops: [] }).content ?? ''
  return task.stops.find((stop) => whole.startsWith(content + stop)) ?? null
}

const reasonOf = ({ finish, calls }: Speech, stop: string | null): string =>
  finish === 'length' ? 'max_tokens' : calls.length > 0 ? 'tool_use' : stop === null ? 'end_turn' : 'stop_sequence'

const requireVersion = ({ headers }: Call): void => {
  if (headers['anthropic-version']) return
  throw new Refusal('anthropic-version: header is required', { param: 'anthropic-version' })
}

/** POST /messages. Bends of what the model says are about the other endpoints: this one has bends of its own. */
export const answerMessages = (world: World, call: Call): Answer => {
  requireVersion(call)
  const body = call.json
  const task = readMessagesRequest(body)
  requireModel(world, task.model)
  const prompt = promptTokens(task.turns, task.tools)
  requireRoom(prompt, 'messages')
  const speech = say(world, task)
  const stop = stopOf(world, task, speech)
  const message = {
    id: nextId(world, 'msg_native'),
    type: 'message',
    role: 'assistant',
    model: task.model,
    content: blocksOf(world, speech),
    stop_reason: reasonOf(speech, stop),
    stop_sequence: stop,
    usage: {
      input_tokens: prompt,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: speech.completionTokens,
    },
  }
  const common = { status: 200, headers: {}, about: '', tokens: speech.completionTokens }
  if (body.stream === true) return { ...common, kind: 'message-stream', events: messageEvents(message, speech) }
  return { ...common, kind: 'message', body: message }
}

export const isMessagesCall = ({ target }: Pick<Call, 'target'>): boolean => /^\/v1\/messages(\/|\?|$)/.test(target)

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

/** What the Messages API puts on all its answers, and the form of its refusals. https://platform.claude.com/docs/en/api/errors */
export const asMessages = (world: World, call: Call, answer: Answer): Answer => {
  if (!isMessagesCall(call)) return answer
  const id = nextId(world, 'req_native')
  const headers = { 'request-id': id, ...answer.headers }
  if (answer.kind !== 'error') return { ...answer, headers }
  const { status, body } = answer
  const type = types[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
  const error = { type, message: String(body?.error?.message ?? 'The request failed.') }
  return { ...answer, kind: 'message-error', headers, body: { type: 'error', error, request_id: id } }
}
