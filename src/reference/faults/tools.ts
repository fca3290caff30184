import type { Fault, Json } from '../exchange.ts'
import {
  fault,
  onAnswer,
  onChatRequest,
  onChoice,
  onMessage,
  onMessages,
  onSpokenCalls,
  onToolCall,
  parsedArguments,
  refusesChat,
} from './stages.ts'

const messagesOf = (body: Json): Json[] =>
  Array.isArray(body.messages) ? body.messages.filter((message: Json) => typeof message === 'object' && message !== null) : []

const calling = (body: Json): Json[] => messagesOf(body).filter((message) => Array.isArray(message.tool_calls))

const results = (body: Json): Json[] => messagesOf(body).filter((message) => message.role === 'tool')

const declares = (body: Json, name: unknown): boolean =>
  Array.isArray(body.tools) && body.tools.some((tool: Json) => tool?.function?.name === name)

/** Results that answer their calls in another order than they were made. */
const reordered = (body: Json): boolean => {
  const called = calling(body).flatMap((message) => message.tool_calls.map((call: Json) => call.id))
  const places = results(body).map((message) => called.indexOf(message.tool_call_id))
  return places.some((place, index) => index > 0 && place < (places[index - 1] as number))
}

const markup = (name: string, args: string): string => `<tool_call>\n{"name": "${name}", "arguments": ${args}}\n</tool_call>`

const leak = (text: (name: string, args: string) => string) =>
  onSpokenCalls((calls, speech) => {
    speech.content = calls.map((call) => text(call.name, call.arguments)).join('\n')
    speech.calls = []
    speech.finish = 'stop'
  })

const uses = (value: Json, word: string): boolean => JSON.stringify(value ?? null).includes(`"${word}"`)

/** Tool calls, in JSON or told to the model, and the turns after them. */
export const toolFaults: readonly Fault[] = [
  fault(
    'tool-id-missing',
    'tools.call',
    'calls have no id',
    onToolCall((call) => {
      delete call.id
    }),
  ),
  fault(
    'tool-id-empty',
    'tools.call',
    'the id of calls is empty',
    onToolCall((call) => {
      call.id = ''
    }),
  ),
  fault(
    'tool-id-null',
    'tools.call',
    'the id of calls is null',
    onToolCall((call) => {
      call.id = null
    }),
  ),
  fault(
    'tool-type-missing',
    'tools.call',
    'calls have no type',
    onToolCall((call) => {
      delete call.type
    }),
  ),
  fault(
    'tool-type-wrong',
    'tools.call',
    'the type of calls is tool',
    onToolCall((call) => {
      call.type = 'tool'
    }),
  ),
  fault(
    'tool-function-flat',
    'tools.call',
    'name and arguments are beside the id',
    onToolCall((call) => {
      Object.assign(call, call.function)
      delete call.function
    }),
  ),
  fault(
    'tool-name-missing',
    'tools.call',
    'calls have no name',
    onToolCall((call) => {
      delete call.function.name
    }),
  ),
  fault(
    'tool-name-empty',
    'tools.call',
    'the name of calls is empty',
    onToolCall((call) => {
      call.function.name = ''
    }),
  ),
  fault(
    'tool-calls-object',
    'tools.call',
    'tool_calls is one call instead of a list',
    onMessage((message) => {
      if (message.tool_calls) message.tool_calls = message.tool_calls[0]
    }),
  ),
  fault(
    'tool-call-legacy',
    'tools.call',
    'calls come in the deprecated function_call',
    onMessage((message, choice) => {
      if (!message.tool_calls) return
      message.function_call = message.tool_calls[0].function
      delete message.tool_calls
      choice.finish_reason = 'function_call'
    }),
  ),
  fault(
    'tool-calls-on-choice',
    'tools.call',
    'calls are beside the message',
    onMessage((message, choice) => {
      if (!message.tool_calls) return
      choice.tool_calls = message.tool_calls
      delete message.tool_calls
    }),
  ),
  fault(
    'tool-id-repeated',
    'tools.call.id-unique',
    'every call of every reply has the same id',
    onSpokenCalls((calls) => {
      for (const call of calls) call.id = 'call_0'
    }),
  ),
  fault(
    'tool-id-is-name',
    'tools.call.id-unique',
    'the id of a call is the name of its function',
    onSpokenCalls((calls) => {
      for (const call of calls) call.id = call.name
    }),
  ),
  fault(
    'tool-id-per-reply',
    'tools.call.id-unique',
    'calls are numbered anew in every reply',
    onSpokenCalls((calls) => {
      for (const [index, call] of calls.entries()) call.id = `call_${index}`
    }),
  ),
  fault(
    'tool-arguments-object',
    'tools.call.arguments-string',
    'arguments are an object',
    onToolCall((call) => {
      call.function.arguments = parsedArguments(call.function.arguments)
    }),
  ),
  fault(
    'tool-arguments-missing',
    'tools.call.arguments-string',
    'calls have no arguments',
    onToolCall((call) => {
      delete call.function.arguments
    }),
  ),
  fault(
    'tool-arguments-null',
    'tools.call.arguments-string',
    'arguments are null',
    onToolCall((call) => {
      call.function.arguments = null
    }),
  ),
  fault(
    'tool-arguments-invalid',
    'tools.call.arguments-string',
    'arguments are JSON without its last bracket',
    onToolCall((call) => {
      call.function.arguments = call.function.arguments.slice(0, -1)
    }),
  ),
  fault(
    'tool-arguments-single-quotes',
    'tools.call.arguments-string',
    'arguments are quoted as another language does',
    onToolCall((call) => {
      call.function.arguments = call.function.arguments.replaceAll('"', "'")
    }),
  ),
  fault(
    'tool-arguments-fenced',
    'tools.call.arguments-string',
    'arguments are inside a code fence',
    onToolCall((call) => {
      call.function.arguments = `\`\`\`json\n${call.function.arguments}\n\`\`\``
    }),
  ),
  fault(
    'tool-arguments-array',
    'tools.call.arguments-string',
    'arguments are a JSON list',
    onToolCall((call) => {
      call.function.arguments = `[${call.function.arguments}]`
    }),
  ),
  fault(
    'tool-arguments-twice-encoded',
    'tools.call.arguments-string',
    'arguments are a JSON string that holds JSON',
    onToolCall((call) => {
      call.function.arguments = JSON.stringify(call.function.arguments)
    }),
  ),
  fault(
    'tool-arguments-empty',
    'tools.call.arguments-string',
    'arguments are an empty string although some are required',
    onToolCall((call) => {
      if (call.function.arguments !== '{}') call.function.arguments = ''
    }),
  ),
  fault(
    'tool-arguments-doubled',
    'tools.call.arguments-string',
    'arguments are written twice',
    onToolCall((call) => {
      call.function.arguments += call.function.arguments
    }),
  ),
  fault(
    'tool-name-prefixed',
    'tools.call.name-declared',
    'names have the prefix functions',
    onSpokenCalls((calls) => {
      for (const call of calls) call.name = `functions.${call.name}`
    }),
  ),
  fault(
    'tool-name-changed',
    'tools.call.name-declared',
    'names lose their underscores',
    onSpokenCalls((calls) => {
      for (const call of calls) call.name = call.name.replace(/(?:_|^)(\w)/g, (_, letter) => letter.toUpperCase())
    }),
  ),
  fault(
    'tool-name-invented',
    'tools.call.name-declared',
    'a function is called that was not declared',
    onSpokenCalls((calls) => {
      for (const call of calls) call.name = 'search_web'
    }),
  ),
  fault(
    'tool-arguments-untyped',
    'tools.call.schema-valid',
    'argument values have the wrong type',
    onSpokenCalls((calls) => {
      for (const call of calls) call.arguments = call.arguments.replace(/:"[^"]*"/g, ':42')
    }),
  ),
  fault(
    'tool-arguments-incomplete',
    'tools.call.schema-valid',
    'required arguments are left out',
    onSpokenCalls((calls) => {
      for (const call of calls) call.arguments = '{}'
    }),
  ),
  fault(
    'tool-arguments-wrapped',
    'tools.call.schema-valid',
    'arguments are wrapped in another object',
    onSpokenCalls((calls) => {
      for (const call of calls) if (call.arguments !== '{}') call.arguments = `{"arguments":${call.arguments}}`
    }),
  ),
  fault(
    'tool-finish-stop',
    'tools.finish-reason',
    'replies with calls finish with stop',
    onChoice((choice) => {
      if (choice.message.tool_calls) choice.finish_reason = 'stop'
    }),
  ),
  fault(
    'tool-finish-legacy',
    'tools.finish-reason',
    'replies with calls finish with function_call',
    onChoice((choice) => {
      if (choice.message.tool_calls) choice.finish_reason = 'function_call'
    }),
  ),
  fault(
    'tool-finish-length',
    'tools.finish-reason',
    'replies with whole calls finish with length',
    onChoice((choice) => {
      if (choice.message.tool_calls && choice.finish_reason === 'tool_calls') choice.finish_reason = 'length'
    }),
  ),
  fault(
    'tool-finish-without-calls',
    'tools.finish-reason',
    'plain answers finish with tool_calls',
    onChoice((choice) => {
      if (choice.finish_reason === 'stop') choice.finish_reason = 'tool_calls'
    }),
  ),
  fault('tool-markup-leak', 'tools.no-markup-leak', 'calls are left in the text as markup', leak(markup)),
  fault(
    'tool-markup-bracket',
    'tools.no-markup-leak',
    'calls are left in the text behind a bracket word',
    leak((name, args) => `[TOOL_CALLS][{"name": "${name}", "arguments": ${args}}]`),
  ),
  fault(
    'tool-markup-function',
    'tools.no-markup-leak',
    'calls are left in the text as a function tag',
    leak((name, args) => `<function=${name}>${args}</function>`),
  ),
  fault(
    'tool-markup-python',
    'tools.no-markup-leak',
    'calls are left in the text behind a special token',
    leak((name, args) => `<|python_tag|>{"name": "${name}", "parameters": ${args}}`),
  ),
  fault(
    'tool-markup-beside',
    'tools.no-markup-leak',
    'markup is in the text although the calls were read',
    onSpokenCalls((calls, speech) => {
      speech.content = calls.map((call) => markup(call.name, call.arguments)).join('\n')
    }),
  ),
  fault(
    'tool-choice-none-ignored',
    'tools.choice.none',
    'the choice none is ignored',
    onChatRequest((body) => {
      if (body.tool_choice === 'none' && Array.isArray(body.tools)) delete body.tool_choice
    }),
  ),
  fault(
    'tool-choice-required-ignored',
    'tools.choice.required',
    'the choice required never leads to a call',
    onChatRequest((body) => {
      if (body.tool_choice === 'required' && Array.isArray(body.tools)) body.tool_choice = 'none'
    }),
  ),
  fault(
    'tool-choice-required-as-auto',
    'tools.choice.required',
    'the choice required is taken as auto',
    onChatRequest((body) => {
      if (body.tool_choice === 'required' && Array.isArray(body.tools)) body.tool_choice = 'auto'
    }),
  ),
  fault(
    'tool-choice-named-ignored',
    'tools.choice.named',
    'a named choice is taken as required',
    onChatRequest((body) => {
      if (declares(body, body.tool_choice?.function?.name)) body.tool_choice = 'required'
    }),
  ),
  fault(
    'tool-choice-named-as-auto',
    'tools.choice.named',
    'a named choice never leads to a call',
    onChatRequest((body) => {
      if (declares(body, body.tool_choice?.function?.name)) body.tool_choice = 'none'
    }),
  ),
  fault(
    'allowed-tools-ignored',
    'tools.choice.allowed-tools',
    'the choice of allowed tools is ignored',
    onChatRequest((body) => {
      if (body.tool_choice?.type === 'allowed_tools') body.tool_choice = body.tool_choice.allowed_tools?.mode ?? 'auto'
    }),
  ),
  fault(
    'tools-dropped',
    'usage.tools-counted',
    'declared tools never reach the model',
    onChatRequest((body) => {
      if (!Array.isArray(body.tools) || body.tools.length === 0 || (body.tool_choice && typeof body.tool_choice === 'object')) return
      if (!['none', 'auto', 'required', undefined].includes(body.tool_choice)) return
      delete body.tools
      delete body.tool_choice
    }),
  ),
  fault(
    'parallel-never',
    'tools.parallel',
    'one reply has one call at most',
    onChatRequest((body) => {
      if (Array.isArray(body.tools) && body.parallel_tool_calls !== false) body.parallel_tool_calls = false
    }),
  ),
  fault(
    'parallel-switch-ignored',
    'tools.parallel.disabled',
    'parallel_tool_calls is ignored',
    onChatRequest((body) => {
      if (body.parallel_tool_calls === false) delete body.parallel_tool_calls
    }),
  ),
  fault(
    'parallel-switch-500',
    'wire.no-server-error',
    'parallel_tool_calls ends in a server error',
    onChatRequest((body) => {
      if (body.parallel_tool_calls === false) throw new TypeError('parallel_tool_calls')
    }),
  ),
  fault(
    'tool-results-refused',
    'tools.turn.result',
    'tool messages are refused',
    refusesChat((body) => results(body).length > 0 && calling(body).length > 0, 'messages'),
  ),
  fault(
    'tool-results-dropped',
    'tools.turn.result',
    'tool results do not reach the model',
    onMessages((messages) => {
      for (const message of messages) if (message?.role === 'tool' && typeof message.content === 'string') message.content = ''
      return messages
    }),
  ),
  fault(
    'tool-results-500',
    'wire.no-server-error',
    'tool results end in a server error',
    onChatRequest((body) => {
      if (results(body).length > 0 && calling(body).length > 0) throw new TypeError('tool')
    }),
  ),
  fault(
    'content-null-refused',
    'tools.turn.content-absent',
    'null content is refused beside calls',
    refusesChat((body) => calling(body).some((message) => message.content === null), 'messages[1].content'),
  ),
  fault(
    'content-absent-refused',
    'tools.turn.content-absent',
    'content must be present beside calls',
    refusesChat((body) => calling(body).some((message) => message.content === undefined), 'messages[1].content'),
  ),
  fault(
    'content-empty-refused',
    'tools.turn.content-absent',
    'empty content is refused beside calls',
    refusesChat((body) => calling(body).some((message) => message.content === ''), 'messages[1].content'),
  ),
  fault(
    'parallel-results-refused',
    'tools.turn.parallel-results',
    'several tool messages in a row are refused',
    refusesChat((body) => results(body).length > 1, 'messages'),
  ),
  fault(
    'reordered-results-refused',
    'tools.turn.parallel-results',
    'tool messages must keep the order of the calls',
    refusesChat(reordered, 'messages'),
  ),
  fault(
    'foreign-ids-refused',
    'tools.turn.foreign-ids',
    'only ids of its own making are taken',
    refusesChat(
      (body) => calling(body).some((message) => message.tool_calls.some((call: Json) => !/^call_\d{12}$/.test(call?.id))),
      'messages[1].tool_calls[0].id',
    ),
  ),
  fault(
    'long-ids-refused',
    'tools.turn.foreign-ids',
    'ids of calls must be short and plain',
    refusesChat(
      (body) => calling(body).some((message) => message.tool_calls.some((call: Json) => !/^\w{1,32}$/.test(call?.id))),
      'messages[1].tool_calls[0].id',
    ),
  ),
  fault(
    'result-parts-refused',
    'tools.turn.result-forms',
    'tool results must be strings',
    refusesChat((body) => results(body).some((message) => Array.isArray(message.content)), 'messages[2].content'),
  ),
  fault(
    'result-empty-refused',
    'tools.turn.result-forms',
    'tool results must not be empty',
    refusesChat((body) => results(body).some((message) => message.content === ''), 'messages[2].content'),
  ),
  fault(
    'history-without-tools-refused',
    'tools.turn.without-tools',
    'calls in the history are refused unless tools are declared',
    refusesChat((body) => calling(body).length > 0 && body.tools === undefined, 'tools'),
  ),
  fault(
    'no-parameters-refused',
    'tools.no-parameters',
    'functions without parameters are refused',
    refusesChat(
      (body) => Array.isArray(body.tools) && body.tools.some((tool: Json) => tool?.function && tool.function.parameters === undefined),
      'tools[0].function.parameters',
    ),
  ),
  fault(
    'no-parameters-filled',
    'tools.no-parameters',
    'functions without parameters are called with some',
    onSpokenCalls((calls) => {
      for (const call of calls) if (call.arguments === '{}') call.arguments = '{"input":"hello"}'
    }),
  ),
  fault(
    'no-parameters-null',
    'tools.no-parameters',
    'functions without parameters are called with null',
    onSpokenCalls((calls) => {
      for (const call of calls) if (call.arguments === '{}') call.arguments = 'null'
    }),
  ),
  fault(
    'schema-refs-refused',
    'tools.schema-features',
    'schemas with references are refused',
    refusesChat((body) => uses(body.tools, '$ref'), 'tools[0].function.parameters'),
  ),
  fault(
    'many-tools-refused',
    'tools.schema-features',
    'more than sixteen tools are refused',
    refusesChat((body) => body.tools?.length > 16, 'tools'),
  ),
  fault(
    'strict-refused',
    'tools.strict',
    'strict functions are refused',
    refusesChat((body) => uses(body.tools, 'strict'), 'tools[0].function.strict'),
  ),
  fault(
    'strict-ignored',
    'tools.strict',
    'strict functions are called with members that they do not declare',
    onSpokenCalls((calls, _, { json }) => {
      if (!json?.tools?.some?.((tool: Json) => tool?.function?.strict === true)) return
      for (const call of calls) call.arguments = call.arguments.replace(/\}$/, ',"note":"extra"}').replace('{,', '{')
    }),
  ),
  fault(
    'legacy-functions-ignored',
    'tools.legacy-functions',
    'deprecated functions are ignored',
    onChatRequest((body) => {
      delete body.functions
      delete body.function_call
    }),
  ),
  fault(
    'verbatim-refused',
    'tools.turn.result',
    'an assistant message is refused when it comes back as it was sent',
    refusesChat((body) => calling(body).some((message) => 'refusal' in message), 'messages[1].refusal'),
  ),
  fault(
    'tool-error-unwrapped',
    'errors.envelope',
    'errors about tool turns are bare strings',
    onAnswer(['error'], (answer) => {
      if (/^messages\[/.test(answer.about)) answer.body = { error: 'invalid tool message' }
    }),
  ),
]
