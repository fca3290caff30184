import type { Bend, Json, Stages } from '../exchange.ts'
import {
  onAnswer,
  onCall,
  onChat,
  onChatEvents,
  onChatRequest,
  onChoice,
  onChunk,
  onEntry,
  onErrorAbout,
  onMessage,
  onModels,
  onResponse,
  onWire,
  refusesChat,
  replies,
} from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'

const variant = (name: string, bends: string, ...stages: readonly Stages[]): Bend => Object.assign({ name, bends }, ...stages)

const thinking = (name: string, bends: string, ...stages: readonly Stages[]): Bend => ({
  ...variant(name, bends, ...stages),
  model: 'reference-thinking',
})

const renamed = (holder: Json): void => {
  if (holder.reasoning_content === undefined) return
  holder.reasoning = holder.reasoning_content
  delete holder.reasoning_content
}

const hidden = (holder: Json): void => {
  delete holder.reasoning_content
}

/** Members of a vendor's own, on every object. */
const extended = (value: Json, depth = 0): void => {
  if (typeof value !== 'object' || value === null || depth > 3) return
  for (const member of Object.values(value)) extended(member, depth + 1)
  if (!Array.isArray(value)) value.x_vendor = { note: 'extra', count: 1 }
}

const nulls = { function_call: null, audio: null, reasoning_content: null, annotations: null }

/** Legal ways to answer that differ from the plain endpoint. */
export const answerVariants: readonly Bend[] = [
  variant(
    'empty-tool-calls',
    'tool_calls is an empty list where there are none',
    onMessage((message) => {
      message.tool_calls ??= []
    }),
    onEntry(({ delta }) => {
      delta.tool_calls ??= []
    }),
  ),
  variant(
    'null-optionals',
    'optional members are null',
    onChat((body) => {
      Object.assign(body, { system_fingerprint: null, service_tier: null })
      for (const { message } of body.choices) Object.assign(message, { ...nulls, ...message })
    }),
    onChunk((chunk) => {
      Object.assign(chunk, { system_fingerprint: null, service_tier: null })
      for (const entry of chunk.choices)
        entry.delta = { content: null, refusal: null, tool_calls: null, function_call: null, reasoning_content: null, ...entry.delta }
    }),
  ),
  variant(
    'extra-members',
    'every object has members that no specification knows',
    onAnswer([...replies, 'models', 'model', 'error'], (answer) => extended(answer.body)),
    onChunk((chunk) => {
      extended({ choices: chunk.choices, usage: chunk.usage })
      chunk.x_vendor = 'extra'
    }),
  ),
  variant(
    'bare-members',
    'optional members are left out',
    onChat((body) => {
      delete body.system_fingerprint
      delete body.service_tier
      delete body.usage.prompt_tokens_details
    }),
    onChunk((chunk) => {
      delete chunk.system_fingerprint
      delete chunk.service_tier
      for (const entry of chunk.choices) delete entry.logprobs
    }),
  ),
  thinking(
    'reasoning-member',
    'thoughts are in the member reasoning',
    onMessage(renamed),
    onEntry(({ delta }) => renamed(delta)),
  ),
  thinking(
    'reasoning-both-members',
    'thoughts are in both members alike',
    onMessage((message) => {
      if (message.reasoning_content) message.reasoning = message.reasoning_content
    }),
    onEntry(({ delta }) => {
      if (delta.reasoning_content) delta.reasoning = delta.reasoning_content
    }),
  ),
  thinking(
    'hidden-reasoning',
    'thoughts are counted but not shown',
    onMessage(hidden),
    onChatEvents((events) => events.filter(({ data }) => data.choices?.[0]?.delta?.reasoning_content === undefined)),
  ),
  thinking(
    'null-content-while-thinking',
    'content is null next to thoughts',
    onEntry(({ delta }) => {
      if (delta.reasoning_content) delta.content = null
    }),
  ),
  variant(
    'role-with-content',
    'the role comes with the first text',
    onChatEvents((events) => {
      const [first, second, ...rest] = events
      if (!first || !second?.data.choices?.[0]?.delta.content) return
      second.data.choices[0].delta = { ...first.data.choices[0].delta, ...second.data.choices[0].delta }
      return [second, ...rest]
    }),
  ),
  variant(
    'call-with-role',
    'the role comes with the first call',
    onChatEvents((events) => {
      const [first, second, ...rest] = events
      if (!first || !second?.data.choices?.[0]?.delta.tool_calls) return
      second.data.choices[0].delta = { ...first.data.choices[0].delta, ...second.data.choices[0].delta }
      return [second, ...rest]
    }),
  ),
  variant(
    'empty-id-and-name-later',
    'later deltas of a call have an empty id and name',
    onEntry(({ delta }) => {
      for (const call of delta.tool_calls ?? []) {
        if (call.id !== undefined) continue
        call.id = ''
        call.function.name = ''
      }
    }),
  ),
  variant(
    'arguments-with-head',
    'a call starts with the beginning of its arguments',
    onChatEvents((events) => {
      let head: Json
      return events.filter(({ data }) => {
        const call = data.choices?.[0]?.delta?.tool_calls?.[0]
        if (!call) return true
        if (call.id !== undefined) head = call
        else if (head) {
          head.function.arguments = call.function.arguments
          head = undefined
          return false
        }
        return true
      })
    }),
  ),
  variant('content-beside-calls', 'a sentence stands beside the calls', {
    speech: (speech) => {
      if (speech.calls.length > 0 && speech.finish === 'tool_calls') speech.content = 'I will look that up.'
    },
  }),
  variant(
    'named-choice-stops',
    'a named choice finishes with stop',
    onChoice((choice, call) => {
      if (call.json?.tool_choice?.type === 'function') choice.finish_reason = 'stop'
    }),
  ),
  variant(
    'empty-arguments',
    'calls without parameters have empty arguments',
    onMessage((message) => {
      for (const call of message.tool_calls ?? []) if (call.function.arguments === '{}') call.function.arguments = ''
    }),
  ),
  variant('uuid-tool-ids', 'ids of calls have another form', {
    speech: (speech) => {
      for (const call of speech.calls) call.id = `functions.${call.name}:${call.id.slice(-4)}`
    },
  }),
  variant(
    'dated-model',
    'replies name the snapshot behind the model',
    onChat((body) => {
      body.model = `${body.model}-2026-01-01`
    }),
    onChunk((chunk) => {
      chunk.model = `${chunk.model}-2026-01-01`
    }),
  ),
  variant(
    'n-refused',
    'several choices are refused',
    refusesChat((body) => body.n > 1, 'n'),
  ),
  variant(
    'logprobs-refused',
    'log probabilities are refused',
    refusesChat((body) => body.logprobs === true, 'logprobs'),
  ),
  variant(
    'tools-refused',
    'tools are refused',
    refusesChat((body) => Array.isArray(body.tools), 'tools'),
  ),
  variant(
    'unknown-param-refused',
    'unknown members are refused',
    onChatRequest((body) => {
      const name = Object.keys(body).find((key) => key.startsWith('zz_'))
      return name === undefined
        ? undefined
        : errorAnswer(`Unrecognized request argument supplied: ${name}`, { param: name, code: 'unknown_parameter' })
    }),
  ),
  variant(
    'responses-absent',
    'there is no Responses endpoint',
    onCall((call) => {
      if (call.target.startsWith('/v1/responses')) call.target = '/v1/no-responses'
    }),
  ),
  variant('stateless-responses', 'responses are never stored, and every previous id is refused', {
    request: (body) => {
      body.store = false
      return undefined
    },
  }),
  variant(
    'method-404',
    'a wrong method is answered 404',
    onErrorAbout('method', (answer) => {
      answer.status = 404
      delete answer.headers.allow
    }),
  ),
  variant(
    'media-type-400',
    'a body that is not labelled JSON is answered 400',
    onErrorAbout('media-type', (answer) => {
      answer.status = 400
    }),
  ),
  variant(
    'head-405',
    'HEAD is answered 405',
    onCall((call) =>
      call.method === 'HEAD'
        ? errorAnswer('Not allowed to HEAD here.', { status: 405, headers: { allow: 'GET' }, about: 'method' })
        : undefined,
    ),
  ),
  variant(
    'no-cors',
    'browsers are not served',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error', 'preflight'], (answer) => {
      for (const name of Object.keys(answer.headers)) if (name.startsWith('access-control')) delete answer.headers[name]
    }),
  ),
  variant(
    'json-charset',
    'the label of JSON has a charset',
    onAnswer([...replies, 'models', 'model', 'error'], (answer) => {
      answer.headers['content-type'] = 'application/json; charset=utf-8'
    }),
  ),
  variant(
    'chunked-json',
    'JSON bodies have no Content-Length',
    onWire([...replies, 'models', 'model', 'error'], (wire) => {
      delete wire.headers['content-length']
    }),
  ),
  variant(
    'connection-close',
    'every answer announces that the connection closes',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error'], (answer) => {
      answer.headers.connection = 'close'
    }),
  ),
  variant(
    'owned-models',
    'the model list has models of other owners',
    onModels((body) => {
      body.data.push({ id: 'vendor/other-model:free', object: 'model', created: 0, owned_by: 'somebody' })
    }),
  ),
  variant(
    'response-nulls',
    'optional members of responses are null',
    onResponse((response) => {
      Object.assign(response, {
        user: null,
        safety_identifier: null,
        prompt_cache_key: null,
        completed_at: null,
        max_tool_calls: null,
        service_tier: null,
      })
    }),
  ),
]
