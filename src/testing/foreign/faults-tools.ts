import { bad, chatJson, chunk, type Dict, type Fault, must, should } from './bend.ts'
import { dict, list, q, str, swap } from './text.ts'

const messages = (body: Dict) => list(body.messages).map((message) => dict(message) ?? {})
const calls = (message: Dict) => list(message.tool_calls)
const STRING = '"(?:[^"\\\\]|\\\\.)*"'
const ARGS = new RegExp(`"arguments":(${STRING})`, 'g')

/** Faults of tool calls in plain replies, and of what is made of their results. */
export const toolFaults: Fault[] = [
  must('call-id-empty', ['tools.call'], 'Calls have an empty id.', chatJson(swap(/\{"id":"call_\w+"/g, '{"id":""'))),
  must('call-id-absent', ['tools.call'], 'Calls have no id.', chatJson(swap(/\{"id":"call_\w+",/g, '{'))),
  must('call-type-absent', ['tools.call'], 'Calls have no type.', chatJson(swap(/"type":"function",/g, ''))),
  must('call-type-tool', ['tools.call'], 'Calls have the type tool.', chatJson(swap(/"type":"function"/g, '"type":"tool"'))),
  must(
    'call-flat',
    ['tools.call'],
    'Name and arguments lie beside the id.',
    chatJson(swap(new RegExp(`"function":\\{("name":${STRING},"arguments":${STRING})\\}`, 'g'), '$1')),
  ),
  must(
    'call-single',
    ['tools.call'],
    'tool_calls is one object.',
    chatJson((text) => text.replace(/"tool_calls":\[(\{.*?\}\})(?:,\{.*?\}\})*\]/s, '"tool_calls":$1')),
  ),
  must(
    'call-id-same',
    ['tools.call.id-unique'],
    'Every call of a plain reply has the same id.',
    chatJson(swap(/"id":"call_\w+"/g, '"id":"call_0"')),
  ),
  must(
    'arguments-object',
    ['tools.call.arguments-string'],
    'Arguments are an object.',
    chatJson((text) => text.replace(ARGS, (_all, args: string) => `"arguments":${JSON.parse(args)}`)),
  ),
  must(
    'arguments-twice',
    ['tools.call.arguments-string'],
    'Arguments are JSON inside JSON inside JSON.',
    chatJson((text) => text.replace(ARGS, (_all, args: string) => `"arguments":${q(args)}`)),
  ),
  must(
    'arguments-python',
    ['tools.call.arguments-string'],
    'Arguments are written with single quotes.',
    chatJson((text) => text.replace(ARGS, (_all, args: string) => `"arguments":${args.replace(/\\"/g, "'")}`)),
  ),
  must(
    'name-prefixed',
    ['tools.call.name-declared'],
    'Function names have a prefix functions.',
    chatJson(swap(/"name":"/g, '"name":"functions.')),
  ),
  must(
    'name-spelled',
    ['tools.call.name-declared'],
    'Function names come out in capitals.',
    chatJson((text) => text.replace(/"name":"(\w+)"/g, (_all, name: string) => `"name":"${name.toUpperCase()}"`)),
  ),
  must(
    'calls-say-stop',
    ['tools.finish-reason'],
    'A plain reply with calls finishes with stop.',
    chatJson(swap('"finish_reason":"tool_calls"', '"finish_reason":"stop"')),
  ),
  must(
    'markup-beside-calls',
    ['tools.no-markup-leak'],
    'The markup of the calls stays in the content.',
    chatJson((text) =>
      text.includes('"tool_calls"') ? text.replace('"content":null', '"content":"<tool_call>{\\"name\\":\\"get\\"}</tool_call>"') : text,
    ),
  ),
  must(
    'markup-streamed',
    ['tools.no-markup-leak'],
    'Streamed calls leave their opening tag in the content.',
    chunk((block) => block.replace('"role":"assistant","content":null', '"role":"assistant","content":"<tool_call>\\n"')),
  ),
  must('choice-none-ignored', ['tools.choice.none'], 'tool_choice none does not keep the model from calling.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && ask.choice === 'none' && ask.tools.length > 0) ask.choice = 'auto'
    },
  }),
  must('choice-required-ignored', ['tools.choice.required'], 'tool_choice required yields plain text.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && ask.body.tool_choice === 'required') ask.choice = 'none'
    },
  }),
  must('choice-named-ignored', ['tools.choice.named'], 'A named choice yields whichever function fits.', {
    ask: (ask, where) => {
      if (where.kind === 'chat') ask.only = []
    },
  }),
  must('choice-named-text', ['tools.choice.named'], 'A named choice yields plain text.', {
    ask: (ask, where) => {
      if (where.kind === 'chat' && dict(ask.body.tool_choice)) ask.choice = 'none'
    },
  }),
  must('result-forgotten', ['tools.turn.result'], 'Tool results do not reach the model.', {
    ask: (ask, where) => {
      if (where.kind === 'chat') ask.turns = ask.turns.filter((turn) => turn.role !== 'tool')
    },
  }),
  must('content-must-be', ['tools.turn.content-absent'], 'An assistant message with calls but no content is refused.', {
    object: (body) =>
      messages(body).some((message) => calls(message).length > 0 && !('content' in message))
        ? bad('content', 'messages', 'No content.')
        : undefined,
  }),
  must('content-must-not-be-null', ['tools.turn.content-absent', 'tools.turn.result'], 'content null is refused beside calls.', {
    object: (body) =>
      messages(body).some((message) => calls(message).length > 0 && message.content === null)
        ? bad('content', 'messages', 'content is null.')
        : undefined,
  }),
  must('results-in-order', ['tools.turn.parallel-results'], 'Results are refused when their order is not that of the calls.', {
    object: (body) => {
      const made = messages(body).flatMap((message) => calls(message).map((call) => str(dict(call)?.id)))
      const answered = messages(body).flatMap((message) => (message.role === 'tool' ? [str(message.tool_call_id)] : []))
      return answered.some((id, at) => id !== made[at]) ? bad('order', 'messages', 'Results out of order.') : undefined
    },
  }),
  must('one-result-only', ['tools.turn.parallel-results'], 'Two tool messages in a row are refused.', {
    object: (body) => {
      const roles = messages(body).map((message) => message.role)
      return roles.some((role, at) => role === 'tool' && roles[at - 1] === 'tool') ? bad('order', 'messages', 'One result.') : undefined
    },
  }),
  should('parallel-always', ['tools.parallel.disabled'], 'parallel_tool_calls: false does nothing.', {
    ask: (ask) => {
      ask.several = true
    },
  }),
  should('foreign-ids-refused', ['tools.turn.foreign-ids'], 'Only call ids made here are accepted.', {
    object: (body) => {
      const ids = messages(body).flatMap((message) => calls(message).map((call) => str(dict(call)?.id)))
      return ids.every((id) => /^call_[a-z0-9]{8}$/.test(id)) ? undefined : bad('ids', 'messages', 'No such call.')
    },
  }),
  should('history-needs-tools', ['tools.turn.without-tools'], 'Calls in the history are refused when no tools are declared.', {
    object: (body) =>
      body.tools === undefined && messages(body).some((message) => calls(message).length > 0)
        ? bad('tools', 'tools', 'No tools.')
        : undefined,
  }),
  should('parameters-needed', ['tools.no-parameters'], 'A function without parameters is refused.', {
    object: (body, where) =>
      where.kind === 'chat' && list(body.tools).some((tool) => dict(dict(tool)?.function)?.parameters === undefined)
        ? bad('tools', 'tools[0].function.parameters', 'parameters is missing.')
        : undefined,
  }),
  should(
    'schema-broken',
    ['tools.call.schema-valid'],
    'Arguments use members the schema does not have, and lack those it needs.',
    chatJson((text) => text.replace(ARGS, (_all, args: string) => `"arguments":${args.replace('\\"city\\"', '\\"town\\"')}`)),
  ),
]
