import type { Fault, Json } from '../exchange.ts'
import { countTokens } from '../tokens.ts'
import { fault, onAnswer, onChat, onChoice, onMessage, onUsage } from './stages.ts'

/** Sets a member of the reply. */
const withMember = (name: string, value: unknown) =>
  onChat((body) => {
    body[name] = value
  })

const withoutMember = (name: string) =>
  onChat((body) => {
    delete body[name]
  })

const choiceWith = (name: string, value: unknown) =>
  onChoice((choice) => {
    choice[name] = value
  })

const messageWith = (name: string, value: unknown) =>
  onMessage((message) => {
    message[name] = value
  })

const messageWithout = (name: string) =>
  onMessage((message) => {
    delete message[name]
  })

const usage = (change: (usage: Json) => Json) => onUsage((given) => void Object.assign(given, change(given)))

/** The reply that is not streamed, and token counts wherever they come. */
export const chatFaults: readonly Fault[] = [
  fault('object-wrong', 'chat.object', 'replies call themselves text_completion', withMember('object', 'text_completion')),
  fault('object-chunk', 'chat.object', 'replies call themselves chunks', withMember('object', 'chat.completion.chunk')),
  fault('object-missing', 'chat.object', 'replies do not say what they are', withoutMember('object')),
  fault('id-missing', 'chat.id', 'replies have no id', withoutMember('id')),
  fault('id-empty', 'chat.id', 'the id of replies is empty', withMember('id', '')),
  fault('id-null', 'chat.id', 'the id of replies is null', withMember('id', null)),
  fault('id-number', 'chat.id', 'the id of replies is a number', withMember('id', 12345)),
  fault('id-constant', 'chat.id-unique', 'every reply has the same id', withMember('id', 'chatcmpl-0')),
  fault(
    'created-ms',
    'chat.created',
    'created counts milliseconds',
    onChat((body) => {
      body.created *= 1000
    }),
  ),
  fault(
    'created-string',
    'chat.created',
    'created is a string',
    onChat((body) => {
      body.created = String(body.created)
    }),
  ),
  fault(
    'created-iso',
    'chat.created',
    'created is a date in words',
    onChat((body) => {
      body.created = new Date(body.created * 1000).toISOString()
    }),
  ),
  fault(
    'created-float',
    'chat.created',
    'created has a fraction',
    onChat((body) => {
      body.created += 0.5
    }),
  ),
  fault('created-zero', 'chat.created', 'created is zero', withMember('created', 0)),
  fault('created-missing', 'chat.created', 'replies have no creation time', withoutMember('created')),
  fault('model-missing', 'chat.model', 'replies do not name the model', withoutMember('model')),
  fault('model-empty', 'chat.model', 'the model of replies is empty', withMember('model', '')),
  fault('model-null', 'chat.model', 'the model of replies is null', withMember('model', null)),
  fault('choices-missing', 'chat.choices', 'replies have no choices', withoutMember('choices')),
  fault('choices-empty', 'chat.choices', 'the list of choices is empty', withMember('choices', [])),
  fault(
    'choices-object',
    'chat.choices',
    'choices is one object',
    onChat((body) => {
      body.choices = body.choices[0]
    }),
  ),
  fault(
    'choice-index-missing',
    'chat.choices',
    'choices have no index',
    onChoice((choice) => {
      delete choice.index
    }),
  ),
  fault(
    'choice-index-from-one',
    'chat.choices',
    'choices are numbered from one',
    onChoice((choice) => {
      choice.index += 1
    }),
  ),
  fault(
    'choice-index-string',
    'chat.choices',
    'the index of choices is a string',
    onChoice((choice) => {
      choice.index = String(choice.index)
    }),
  ),
  fault(
    'extra-choice',
    'chat.choices',
    'a plain request gets two choices',
    onChat((body) => {
      body.choices.push({ ...structuredClone(body.choices[0]), index: body.choices.length })
    }),
  ),
  fault('finish-null', 'chat.finish-reason', 'the finish reason of finished replies is null', choiceWith('finish_reason', null)),
  fault('finish-unknown', 'chat.finish-reason', 'the finish reason is eos', choiceWith('finish_reason', 'eos')),
  fault(
    'finish-upper',
    'chat.finish-reason',
    'finish reasons are in capital letters',
    onChoice((choice) => {
      choice.finish_reason = choice.finish_reason.toUpperCase()
    }),
  ),
  fault('finish-empty', 'chat.finish-reason', 'the finish reason is an empty string', choiceWith('finish_reason', '')),
  fault(
    'finish-absent',
    'chat.finish-reason',
    'replies have no finish reason',
    onChoice((choice) => {
      delete choice.finish_reason
    }),
  ),
  fault(
    'logprobs-key-missing',
    'chat.logprobs-key',
    'choices have no logprobs member',
    onChoice((choice) => {
      if (choice.logprobs === null) delete choice.logprobs
    }),
  ),
  fault(
    'message-missing',
    'chat.message.role',
    'choices have a text instead of a message',
    onChoice((choice) => {
      choice.text = choice.message.content
      delete choice.message
    }),
  ),
  fault(
    'delta-in-reply',
    'chat.message.role',
    'choices of a reply have a delta instead of a message',
    onChoice((choice) => {
      choice.delta = choice.message
      delete choice.message
    }),
  ),
  fault('message-role-missing', 'chat.message.role', 'messages have no role', messageWithout('role')),
  fault('message-role-wrong', 'chat.message.role', 'the role of messages is bot', messageWith('role', 'bot')),
  fault('message-role-user', 'chat.message.role', 'the role of messages is user', messageWith('role', 'user')),
  fault(
    'content-array',
    'chat.message.content',
    'content is a list of parts',
    onMessage((message) => {
      if (typeof message.content === 'string') message.content = [{ type: 'text', text: message.content }]
    }),
  ),
  fault(
    'content-object',
    'chat.message.content',
    'content is an object',
    onMessage((message) => {
      if (typeof message.content === 'string') message.content = { text: message.content }
    }),
  ),
  fault('content-number', 'chat.message.content', 'content is a number', messageWith('content', 42)),
  fault('content-missing', 'chat.message.content', 'messages have no content member', messageWithout('content')),
  fault(
    'content-missing-with-calls',
    'chat.message.content',
    'messages with tool calls have no content member',
    onMessage((message) => {
      if (message.tool_calls) delete message.content
    }),
  ),
  fault('refusal-missing', 'chat.message.refusal-key', 'messages have no refusal member', messageWithout('refusal')),
  fault('refusal-false', 'chat.message.refusal-key', 'refusal is a boolean', messageWith('refusal', false)),
  fault(
    'tool-calls-null',
    'chat.message.no-null-tool-calls',
    'tool_calls is null without calls',
    onMessage((message) => {
      message.tool_calls ??= null
    }),
  ),
  fault(
    'content-empty',
    'chat.message.answer-on-stop',
    'finished replies are empty',
    onMessage((message, choice) => {
      if (choice.finish_reason === 'stop') message.content = ''
    }),
  ),
  fault(
    'content-null-on-stop',
    'chat.message.answer-on-stop',
    'finished replies have no content at all',
    onMessage((message, choice) => {
      if (choice.finish_reason === 'stop') message.content = null
    }),
  ),
  fault(
    'reply-wrapped',
    'chat.object',
    'replies are wrapped in another object',
    onAnswer(['chat'], (answer) => {
      answer.body = { code: 0, data: answer.body }
    }),
  ),
  fault(
    'reply-in-array',
    'chat.object',
    'replies are wrapped in an array',
    onAnswer(['chat'], (answer) => {
      answer.body = [answer.body]
    }),
  ),
  fault(
    'reply-empty-object',
    'chat.object',
    'replies are an empty object',
    onAnswer(['chat'], (answer) => {
      answer.body = {}
    }),
  ),
  fault('usage-missing', 'usage.present', 'replies have no usage', withoutMember('usage')),
  fault('usage-null', 'usage.present', 'the usage of replies is null', withMember('usage', null)),
  fault('usage-empty', 'usage.present', 'the usage of replies is an empty object', withMember('usage', {})),
  fault(
    'usage-string',
    'usage.present',
    'token counts are strings',
    usage((given) => ({ prompt_tokens: String(given.prompt_tokens) })),
  ),
  fault(
    'usage-float',
    'usage.present',
    'token counts have a fraction',
    usage((given) => ({ prompt_tokens: given.prompt_tokens + 0.5, total_tokens: given.total_tokens + 0.5 })),
  ),
  fault(
    'usage-negative',
    'usage.present',
    'the completion count is negative',
    usage((given) => ({ completion_tokens: -1, total_tokens: given.prompt_tokens - 1 })),
  ),
  fault(
    'usage-null-count',
    'usage.present',
    'the completion count is null',
    usage(() => ({ completion_tokens: null })),
  ),
  fault(
    'usage-total-missing',
    'usage.present',
    'the total is missing',
    onUsage((given) => {
      delete given.total_tokens
    }),
  ),
  fault(
    'usage-other-names',
    'usage.present',
    'token counts have the names of another endpoint',
    onUsage((given) => {
      given.input_tokens = given.prompt_tokens
      given.output_tokens = given.completion_tokens
      delete given.prompt_tokens
      delete given.completion_tokens
    }),
  ),
  fault(
    'usage-sum',
    'usage.sum',
    'the total is one more than the sum',
    usage((given) => ({ total_tokens: given.total_tokens + 1 })),
  ),
  fault(
    'usage-total-is-completion',
    'usage.sum',
    'the total leaves out the prompt',
    usage((given) => ({ total_tokens: given.completion_tokens })),
  ),
  fault(
    'usage-prompt-zero',
    'usage.bounds',
    'the prompt count is zero',
    usage((given) => ({ prompt_tokens: 0, total_tokens: given.completion_tokens })),
  ),
  fault(
    'usage-completion-zero',
    'usage.bounds',
    'the completion count is zero although there is text',
    usage((given) => ({ completion_tokens: 0, total_tokens: given.prompt_tokens })),
  ),
  fault(
    'usage-over-cap',
    'usage.bounds',
    'more tokens are counted than the cap allows',
    onUsage((given, call) => {
      const cap = call.json?.max_tokens ?? call.json?.max_completion_tokens
      if (typeof cap !== 'number' || cap > 16) return
      given.completion_tokens = cap + 3
      given.total_tokens = given.prompt_tokens + cap + 3
    }),
  ),
  fault(
    'usage-constant',
    'usage.monotonic',
    'the prompt count is the same for every prompt',
    usage((given) => ({ prompt_tokens: 10, total_tokens: 10 + given.completion_tokens })),
  ),
  fault(
    'usage-drifts',
    'usage.monotonic',
    'the prompt count of equal requests differs',
    onUsage((given, call) => {
      const seen = Number(call.memory.get('drift') ?? 0) + 1
      call.memory.set('drift', seen)
      given.prompt_tokens += seen % 2
      given.total_tokens += seen % 2
    }),
  ),
  fault(
    'usage-cached-over',
    'usage.cached',
    'more tokens are cached than were sent',
    usage((given) => ({ prompt_tokens_details: { cached_tokens: given.prompt_tokens + 5 } })),
  ),
  fault(
    'usage-cached-negative',
    'usage.cached',
    'the cached count is negative',
    usage(() => ({ prompt_tokens_details: { cached_tokens: -1 } })),
  ),
  fault(
    'usage-stream-differs',
    'usage.stream-parity',
    'streams count another prompt than plain replies',
    onUsage((given, call) => {
      if (call.json?.stream !== true) return
      given.prompt_tokens += 7
      given.total_tokens += 7
    }),
  ),
  fault('usage-tools-uncounted', 'usage.tools-counted', 'declared tools are not counted', {
    request: (body, call) => {
      call.memory.set(
        'tool-cost',
        Array.isArray(body.tools) ? body.tools.reduce((sum: number, tool: Json) => sum + 4 + countTokens(JSON.stringify(tool)), 0) : 0,
      )
      return undefined
    },
    ...onUsage((given, call) => {
      const cost = Number(call.memory.get('tool-cost') ?? 0)
      given.prompt_tokens -= cost
      given.total_tokens -= cost
    }),
  }),
]
