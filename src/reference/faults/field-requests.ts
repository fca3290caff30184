import type { Fault, Json, Stages } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import {
  fault,
  onChatEvents,
  onChatRequest,
  onEntry,
  onMessage,
  onMessages,
  onResponse,
  onResponsesRequest,
  onSpeech,
  onSpokenCalls,
  onUsage,
  refusesChat,
  refusesResponses,
  thinkingFault,
} from './stages.ts'

const listed = (value: Json): Json[] => (Array.isArray(value) ? value : [])

const isRole =
  (role: string) =>
  (message: Json): boolean =>
    message?.role === role

const calling = (body: Json): Json[] => listed(body.messages).filter((message) => listed(message?.tool_calls).length > 0)

const pastCalls = (body: Json): Json[] => calling(body).flatMap((message) => message.tool_calls)

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const schemas = (body: Json): Json[] => listed(body.tools).map((tool) => tool?.function?.parameters ?? {})

/** Thoughts under the newer of their names, instead of the older or beside it. */
const carried = (names: 'reasoning' | 'both'): readonly Stages[] => {
  const rename = (holder: Json): void => {
    if (holder.reasoning_content === undefined) return
    holder.reasoning = holder.reasoning_content
    if (names === 'reasoning') delete holder.reasoning_content
  }
  return [onMessage(rename), onEntry(({ delta }) => rename(delta))]
}

const isChat = (target: string): boolean => target.endsWith('/chat/completions')

/** What a server says that gets along with plain conversations only. */
const templateError = (message: string, param = 'messages') => errorAnswer(message, { param, code: 'invalid_value' })

const window = 4096

/** Messages that are fine where they come from, and that an endpoint in the field was seen to refuse. */
const histories: readonly Fault[] = [
  fault(
    'own-ids-refused',
    'tools.turn.result',
    'ids of calls are long numbers, which are refused when they come back because they have no nine letters',
    onSpokenCalls((calls) => {
      for (const call of calls) call.id = `1${call.id.replace(/\D/g, '')}`
    }),
    onChatRequest((body) =>
      pastCalls(body).some((call) => /^\d{13}$/.test(call?.id))
        ? templateError('Tool call IDs should be alphanumeric strings with length 9!', 'messages[1].tool_calls[0].id')
        : undefined,
    ),
  ),
  fault(
    'history-parts-refused',
    'history.parts',
    'only users may send content as parts',
    refusesChat(
      (body) => listed(body.messages).some((message) => ['system', 'assistant'].includes(message?.role) && Array.isArray(message.content)),
      'messages[0].content',
    ),
  ),
  fault(
    'null-members-refused',
    'history.nulls',
    'members of a message for sounds and old calls must not be null',
    refusesChat(
      (body) => listed(body.messages).some((message) => ['audio', 'function_call'].some((name) => message?.[name] === null)),
      'messages',
    ),
  ),
  fault(
    'null-tool-calls-refused',
    'history.nulls-for-absent',
    'tool members of a message must not be null',
    refusesChat(
      (body) => listed(body.messages).some((message) => message?.tool_calls === null || message?.tool_call_id === null),
      'messages[0].tool_calls',
    ),
  ),
  fault(
    'null-tool-calls-500',
    'wire.no-server-error',
    'tool members of a message that are null end in a server error',
    onChatRequest((body) => {
      if (listed(body.messages).some((message) => message?.tool_calls === null || message?.tool_call_id === null))
        throw new TypeError('expected a string')
    }),
  ),
  fault(
    'first-of-two-users-dropped',
    'history.same-role',
    'of user messages in a row only the last one reaches the model',
    onMessages((messages) => messages.filter((message, index) => !(isRole('user')(message) && isRole('user')(messages[index + 1])))),
  ),
  fault(
    'no-user-refused',
    'history.no-user',
    'a conversation without a user message is refused',
    onChatRequest((body) =>
      listed(body.messages).length > 0 && listed(body.messages).every((message) => ['system', 'developer'].includes(message?.role))
        ? templateError('No user query found in messages.')
        : undefined,
    ),
  ),
  fault(
    'user-after-result-refused',
    'history.user-after-result',
    'a user message must not follow a tool result',
    refusesChat(
      (body) => listed(body.messages).some((message, index, all) => isRole('user')(message) && isRole('tool')(all[index - 1])),
      'messages',
    ),
  ),
  fault(
    'undeclared-past-call-refused',
    'history.undeclared-call',
    'past calls must be of functions that are declared',
    refusesChat(
      (body) =>
        Array.isArray(body.tools) &&
        pastCalls(body).some((call) => !body.tools.some((tool: Json) => tool?.function?.name === call?.function?.name)),
      'messages',
    ),
  ),
  fault(
    'spoilt-arguments-refused',
    'history.spoilt-arguments',
    'arguments of past calls must be JSON',
    refusesChat((body) => pastCalls(body).some((call) => !isJson(call?.function?.arguments)), 'messages'),
  ),
  fault(
    'foreign-signature-refused',
    'history.foreign-signature',
    'signed thoughts that another server made are refused',
    onChatRequest((body) =>
      pastCalls(body).some((call) => call?.extra_content?.google?.thought_signature)
        ? templateError('Corrupted thought signature.')
        : undefined,
    ),
  ),
  thinkingFault(
    'spoken-thought-call-500',
    'wire.no-server-error',
    'a message that brings text, thoughts and a call ends in a server error',
    onChatRequest((body) => {
      if (calling(body).some((message) => message.content && message.reasoning_content))
        throw new TypeError('Cannot pass both content and thinking in an assistant message with tool calls!')
    }),
  ),
  thinkingFault(
    'reasoning-key-required',
    'reasoning.tools.omission-accepted',
    'calls must come back with a member reasoning that is not empty',
    ...carried('reasoning'),
    refusesChat((body) => Array.isArray(body.tools) && calling(body).some((message) => !message.reasoning), 'messages[1].reasoning'),
  ),
  thinkingFault(
    'unstored-reasoning-not-found',
    'rreasoning.encrypted',
    'reasoning that was not stored is looked up by its id although its sealed text comes along',
    onResponsesRequest((body) =>
      body.store === false && listed(body.input).some((item) => item?.type === 'reasoning' && item.id)
        ? errorAnswer("Item not found. Items are not persisted when 'store' is set to false.", { status: 404, param: 'input' })
        : undefined,
    ),
  ),
  thinkingFault(
    'lone-reasoning-refused',
    'rreasoning.orphan',
    'reasoning items are refused without the item that followed them',
    refusesResponses(
      (body) =>
        listed(body.input).some(
          (item, index, all) => item?.type === 'reasoning' && !/^(message|function_call)$/.test(all[index + 1]?.type),
        ),
      'input',
    ),
  ),
]

/** Members that clients send as a matter of course. */
const requests: readonly Fault[] = [
  fault(
    'auto-choice-refused',
    'tools.choice.auto',
    'tools are refused unless the request obliges the model to call',
    refusesChat((body) => listed(body.tools).length > 0 && ['auto', undefined].includes(body.tool_choice), 'tool_choice'),
  ),
  fault(
    'tool-choice-refused',
    'tools.choice.auto',
    'tools are taken, and any word about which to call is refused',
    refusesChat((body) => listed(body.tools).length > 0 && body.tool_choice !== undefined, 'tool_choice'),
  ),
  fault(
    'tool-choice-none-500',
    'wire.no-server-error',
    'a choice of none ends in a server error',
    onChatRequest((body) => {
      if (body.tool_choice === 'none' && listed(body.tools).length > 0) throw new TypeError('Incompatible tool choice param submitted')
    }),
  ),
  fault(
    'stream-options-refused',
    'stream.usage.accepted',
    'options of a stream are refused',
    refusesChat((body) => body.stream === true && body.stream_options !== undefined && body.stream_options !== null, 'stream_options'),
  ),
  fault(
    'penalties-refused',
    'params.defaults',
    'penalties are refused, even those of zero',
    refusesChat((body) => body.presence_penalty !== undefined || body.frequency_penalty !== undefined, 'presence_penalty'),
  ),
  fault(
    'top-p-immutable',
    'params.defaults',
    'top_p must be 0.95',
    refusesChat((body) => typeof body.top_p === 'number' && body.top_p >= 0 && body.top_p <= 1 && body.top_p !== 0.95, 'top_p'),
  ),
  fault(
    'foreign-switches-refused',
    'params.foreign-switches',
    'switches that other vendors made for thinking and templates are refused',
    refusesChat((body) => ['reasoning', 'enable_thinking', 'chat_template_kwargs'].some((name) => name in body), 'reasoning'),
  ),
  fault(
    'thinking-enabled-refused',
    'params.foreign-switches',
    'thinking may be adaptive or disabled, and not enabled',
    refusesChat((body) => body.thinking?.type === 'enabled', 'thinking.type'),
  ),
  fault(
    'null-member-500',
    'wire.no-server-error',
    'an optional member that is null ends in a server error',
    onChatRequest((body) => {
      if (['temperature', 'top_p', 'stop', 'seed'].some((name) => body[name] === null)) throw new TypeError('unexpected null')
    }),
  ),
  fault(
    'long-names-refused',
    'tools.names',
    'functions are refused whose name begins with a digit or is longer than most',
    refusesChat((body) => listed(body.tools).some((tool) => /^\d|^.{33,64}$/.test(tool?.function?.name)), 'tools[0].function.name'),
  ),
  fault(
    'nullable-enum-refused',
    'tools.schema-forms',
    'an enum must not include null',
    refusesChat(
      (body) => schemas(body).some((schema) => Object.values(schema.properties ?? {}).some((own: Json) => own?.enum?.includes?.(null))),
      'tools[0].function.parameters',
    ),
  ),
  fault(
    'top-any-of-refused',
    'tools.odd-declarations',
    'the schema of a function must not have anyOf at its top',
    refusesChat((body) => schemas(body).some((schema) => schema.anyOf || schema.oneOf || schema.allOf), 'tools[0].function.parameters'),
  ),
  fault(
    'empty-tools-refused',
    'tools.odd-declarations',
    'a list of tools must not be empty',
    refusesChat((body) => Array.isArray(body.tools) && body.tools.length === 0, 'tools'),
  ),
  fault(
    'foreign-tool-members-refused',
    'tools.odd-declarations',
    'a tool must have no members but those that are known',
    refusesChat((body) => listed(body.tools).some((tool) => tool?.cache_control), 'tools[0].type'),
  ),
  fault(
    'max-tokens-for-its-heir',
    'params.max-tokens',
    'max_tokens is refused in favour of max_completion_tokens',
    onChatRequest((body) =>
      body.max_tokens === undefined
        ? undefined
        : errorAnswer("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", {
            param: 'max_tokens',
            code: 'unsupported_parameter',
          }),
    ),
  ),
  fault(
    'tool-images-misnamed',
    'tools.turn.result-forms',
    'an image in the result of a tool is refused as if the body were no JSON',
    onChatRequest((body) =>
      listed(body.messages).some((message) => isRole('tool')(message) && listed(message.content).some((part) => part?.type === 'image_url'))
        ? errorAnswer('Invalid JSON request.')
        : undefined,
    ),
  ),
  fault(
    'pictures-404',
    'vision.refusal-status',
    'pictures are answered as if there were no such path',
    onChatRequest((body) =>
      listed(body.messages).some((message) => listed(message?.content).some((part) => part?.type === 'image_url'))
        ? errorAnswer('No endpoints found that support image input', { status: 404, param: 'messages', code: 'not_found' })
        : undefined,
    ),
  ),
  fault('broken-picture-unnamed', 'vision.invalid.named', 'the refusal of a broken picture does not say where it is', {
    answer: ({ body }) => {
      if (body?.error?.code === 'invalid_image_format') body.error.param = null
    },
  }),
  fault(
    'prompt-cut',
    'limits.context.counted',
    'what does not fit the window falls off the front of the prompt',
    onUsage((usage) => {
      usage.prompt_tokens = Math.min(usage.prompt_tokens, window)
      usage.total_tokens = usage.prompt_tokens + usage.completion_tokens
    }),
  ),
  fault(
    'cap-shrinks-prompt',
    'usage.monotonic',
    'the room for the answer is taken from the prompt',
    onUsage((usage, call) => {
      const room = window - Number(call.json?.max_tokens ?? 0)
      if (room <= 0 || room > window / 2) return
      usage.prompt_tokens = Math.min(usage.prompt_tokens, room)
      usage.total_tokens = usage.prompt_tokens + usage.completion_tokens
    }),
  ),
  fault(
    'large-cap-refused',
    'limits.output-cap.lowered',
    'a cap that does not fit the window beside the prompt is refused',
    refusesChat((body) => body.max_tokens > 131_072, 'max_tokens'),
  ),
]

/** Where thoughts and answers end up. */
const thoughts: readonly Fault[] = [
  thinkingFault(
    'stream-answer-among-thoughts',
    'chat.message.answer-on-stop',
    'streams bring the answer under the name of the thoughts',
    onEntry(({ delta }) => {
      if (!delta.content) return
      delta.reasoning_content = delta.content
      delta.content = ''
    }),
  ),
  thinkingFault(
    'answer-among-thoughts-when-off',
    'reasoning.off-answers',
    'with the thinking switched off the answer comes as a thought',
    onSpeech((speech, call) => {
      if (speech.reasoning !== '' || !isChat(call.target) || !speech.content) return
      speech.reasoning = speech.content
      speech.reasoningTokens = speech.completionTokens
      speech.content = null
    }),
  ),
  thinkingFault(
    'reasoning-details-only',
    'reasoning.member',
    'thoughts come in reasoning_details and nowhere else',
    onMessage((message) => {
      if (message.reasoning_content === undefined) return
      message.reasoning_details = [{ type: 'reasoning.text', text: message.reasoning_content, index: 0 }]
      delete message.reasoning_content
    }),
    onEntry(({ delta }) => {
      if (delta.reasoning_content === undefined) return
      delta.reasoning_details = [{ type: 'reasoning.text', text: delta.reasoning_content, index: 0 }]
      delete delta.reasoning_content
    }),
  ),
  thinkingFault('reasoning-under-both-names', 'reasoning.member', 'thoughts come twice, under either name', ...carried('both')),
  thinkingFault('reasoning-under-new-name', 'reasoning.member', 'thoughts come under the name reasoning alone', ...carried('reasoning')),
  thinkingFault(
    'think-tags-after-result',
    'reasoning.separate',
    'thoughts about a tool result are in the streamed text',
    onSpeech((speech, call) => {
      if (call.json?.stream !== true || speech.content === null || !isRole('tool')(call.json.messages?.at?.(-1))) return
      speech.content = `<think>${speech.reasoning}</think>${speech.content}`
      speech.reasoning = ''
    }),
  ),
  thinkingFault(
    'stream-thoughts-as-text',
    'reasoning.member',
    'streams bring the thoughts as text',
    onChatEvents((events, { json }) => {
      // what stops or counts the text would show first that there is more of it
      if (json?.stop || json?.logprobs) return undefined
      for (const { data } of events) {
        for (const { delta } of data.choices ?? []) {
          if (delta.reasoning_content === undefined) continue
          delta.content = delta.reasoning_content
          delete delta.reasoning_content
        }
      }
      return undefined
    }),
  ),
  thinkingFault(
    'responses-json-among-thoughts',
    'responses.text-format',
    'with a format the text of a response is in the reasoning item',
    onResponse((response, call) => {
      if (call.json?.text?.format === undefined) return
      for (const item of response.output) {
        if (item.type !== 'message') continue
        for (const part of item.content) part.text = '[[['
      }
    }),
  ),
]

/** Requests and histories that endpoints in the field were reported to stumble over, and what they did then. */
export const fieldRequestFaults: readonly Fault[] = [...histories, ...requests, ...thoughts]
