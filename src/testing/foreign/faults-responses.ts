import { type Ask, bad, type Dict, type Fault, must, responseJson, ruled, should, type Where } from './bend.ts'
import { inputTurns } from './responses-rules.ts'
import { dict, list, swap } from './text.ts'

const STRING = '"(?:[^"\\\\]|\\\\.)*"'
const items = (body: Dict) => list(body.input).map((item) => dict(item) ?? {})
/** Changes what a Responses request asks. */
export const about = (edit: (ask: Ask, where: Where) => void) => ({
  ask: (ask: Ask, where: Where) => {
    if (where.kind === 'responses') edit(ask, where)
  },
})
/** Refuses requests with certain input items. */
export const objecting = (test: (item: Dict) => boolean, message: string) => ({
  object: (body: Dict, where: Where) =>
    where.kind === 'responses' && items(body).some(test) ? bad('item', 'input', message, 'invalid_value') : undefined,
})
const cutJson = (from: string, to: string) =>
  responseJson((text) => (text.includes('"status":"incomplete","background"') ? text.replace(from, to) : text))

/** Faults of plain Responses replies. */
export const responsesFaults: Fault[] = [
  must(
    'response-object',
    ['responses.object'],
    'The reply calls itself chat.completion.',
    responseJson(swap('"object":"response"', '"object":"chat.completion"')),
  ),
  must(
    'response-id-same',
    ['responses.object'],
    'Every reply has the same id.',
    responseJson(swap(/^\{"id":"resp_\w+"/, '{"id":"resp_1"')),
  ),
  must('response-id-empty', ['responses.object'], 'The id is empty.', responseJson(swap(/^\{"id":"resp_\w+"/, '{"id":""'))),
  must(
    'response-created-ms',
    ['responses.object'],
    'created_at counts milliseconds.',
    responseJson(swap(/"created_at":(\d+)/, '"created_at":$1000')),
  ),
  must(
    'response-created-iso',
    ['responses.object'],
    'created_at is a date in words.',
    responseJson(swap(/"created_at":\d+/, '"created_at":"2026-01-01T00:00:00Z"')),
  ),
  must('response-model-empty', ['responses.object'], 'model is empty.', responseJson(swap(/"model":"[^"]*"/, '"model":""'))),
  must(
    'response-status-done',
    ['responses.status'],
    'status is done.',
    responseJson(swap('"status":"completed","background"', '"status":"done","background"')),
  ),
  must(
    'response-status-open',
    ['responses.status'],
    'A finished reply has status in_progress.',
    responseJson(swap('"status":"completed","background"', '"status":"in_progress","background"')),
  ),
  must(
    'response-status-action',
    ['responses.status'],
    'A reply with calls has status requires_action.',
    responseJson((text) => (text.includes('"call_id"') ? text.replace('"status":"completed","b', '"status":"requires_action","b') : text)),
  ),
  must('item-id-absent', ['responses.output'], 'Items have no id.', responseJson(swap(/\{"id":"(?:msg|fc|rs)_\w+",/g, '{'))),
  must('item-id-empty', ['responses.output'], 'Items have an empty id.', responseJson(swap(/\{"id":"(?:msg|fc|rs)_\w+"/g, '{"id":""'))),
  must(
    'item-id-shared',
    ['responses.output'],
    'All items of a reply have the same id.',
    responseJson(swap(/\{"id":"fc_\w+"/g, '{"id":"fc_1"')),
  ),
  must(
    'output-object',
    ['responses.output'],
    'output is an object that holds a list.',
    responseJson(swap(/"output":\[(.*)\],"parallel/s, '"output":{"items":[$1]},"parallel')),
  ),
  must('item-type-absent', ['responses.output'], 'Items have no type.', responseJson(swap(/"type":"(?:message|function_call)",/g, ''))),
  must(
    'part-type-text',
    ['responses.message-item'],
    'Text parts have the type text.',
    responseJson(swap(/"type":"output_text"/g, '"type":"text"')),
  ),
  must('item-role-absent', ['responses.message-item'], 'Messages have no role.', responseJson(swap(/"role":"assistant",/g, ''))),
  must(
    'item-status-absent',
    ['responses.message-item'],
    'Messages have no status.',
    responseJson(swap(/"role":"assistant","status":"\w+"/g, '"role":"assistant"')),
  ),
  must('annotations-absent', ['responses.message-item'], 'Text parts have no annotations.', responseJson(swap(/"annotations":\[\],/g, ''))),
  must(
    'item-content-string',
    ['responses.message-item'],
    'The content of a message is a string.',
    responseJson(swap(new RegExp(`"content":\\[\\{"type":"output_text","text":(${STRING}).*?\\}\\]`, 's'), '"content":$1')),
  ),
  must(
    'response-usage-absent',
    ['responses.usage'],
    'usage is null.',
    responseJson(swap(/"usage":\{.*?\},"user"/s, '"usage":null,"user"')),
  ),
  must(
    'response-usage-chat',
    ['responses.usage'],
    'usage has the names of chat.',
    responseJson((text) => text.replace('"input_tokens":', '"prompt_tokens":').replace('"output_tokens":', '"completion_tokens":')),
  ),
  must('response-usage-sum', ['responses.usage'], 'total_tokens is 0.', responseJson(swap(/"total_tokens":\d+/, '"total_tokens":0'))),
  must(
    'input-parts-refused',
    ['responses.input.forms'],
    'Typed parts of user messages are refused.',
    objecting((item) => item.role === 'user' && Array.isArray(item.content), 'content has to be a string.'),
  ),
  must(
    'input-developer-refused',
    ['responses.input.forms'],
    'Developer messages are refused.',
    objecting((item) => item.role === 'developer', 'Role developer is not known.'),
  ),
  must(
    'input-items-refused',
    ['responses.input.history'],
    'Items of an earlier reply are refused.',
    objecting((item) => item.role === 'assistant' && Array.isArray(item.content), 'Parts of type output_text are not input.'),
  ),
  must(
    'input-history-forgotten',
    ['responses.input.history'],
    'Only the last message of the input reaches the model.',
    about((ask) => {
      if (items(ask.body).some((item) => item.role === 'assistant')) ask.turns = ask.turns.slice(-1)
    }),
  ),
  must(
    'instructions-forgotten',
    ['responses.instructions'],
    'instructions do not reach the model.',
    about((ask) => {
      if (typeof ask.body.instructions === 'string') ask.turns = ask.turns.slice(1)
    }),
  ),
  must(
    'output-cap-ignored',
    ['responses.max-output-tokens'],
    'max_output_tokens does nothing.',
    about((ask) => {
      ask.cap = Number.POSITIVE_INFINITY
    }),
  ),
  must(
    'cut-response-completed',
    ['responses.max-output-tokens'],
    'A cut reply has status completed and no reason.',
    responseJson((text) =>
      text
        .replace('"incomplete","background"', '"completed","background"')
        .replace(/"incomplete_details":\{.*?\}/, '"incomplete_details":null'),
    ),
  ),
  must(
    'cut-response-unexplained',
    ['responses.max-output-tokens'],
    'A cut reply does not say why.',
    cutJson('{"reason":"max_output_tokens"}', 'null'),
  ),
  must(
    'cut-response-length',
    ['responses.max-output-tokens'],
    'A cut reply gives the reason length.',
    cutJson('"max_output_tokens"}', '"length"}'),
  ),
  must(
    'previous-ignored',
    ['responses.state.honest', 'errors.status-class'],
    'An unknown previous_response_id is ignored.',
    ruled('previous', () => undefined),
  ),
  must(
    'previous-500',
    ['responses.state.honest', 'errors.status-class'],
    'An unknown previous_response_id is a server fault.',
    ruled('previous', (failure) => ({ ...failure, status: 500, type: 'server_error' })),
  ),
  should(
    'response-members',
    ['responses.required-members'],
    'incomplete_details and metadata are absent.',
    responseJson((text) => text.replace('"incomplete_details":null,', '').replace(/,"metadata":\{.*?\}\}$/s, '}')),
  ),
  should(
    'response-usage-plain',
    ['responses.usage.details'],
    'usage has no details.',
    responseJson(swap(/"(?:in|out)put_tokens_details":\{[^}]*\},/g, '')),
  ),
  should(
    'no-input-served',
    ['responses.input.missing', 'errors.status-class'],
    'A request without input is answered.',
    ruled('no-input', () => undefined),
  ),
  should(
    'echo-defaults',
    ['responses.echo'],
    'The reply shows defaults in place of what was sent.',
    responseJson((text) =>
      text
        .replace(/"temperature":[\d.]+/, '"temperature":1')
        .replace(/"metadata":\{[^}]*\}/, '"metadata":{}')
        .replace(/"max_output_tokens":\d+/, '"max_output_tokens":null'),
    ),
  ),
  should(
    'previous-forgotten',
    ['responses.state.previous'],
    'A known previous_response_id is accepted and adds nothing.',
    about((ask) => {
      if (ask.body.previous_response_id !== undefined) ask.turns = inputTurns(ask.body)
    }),
  ),
  should(
    'include-unchecked',
    ['responses.include', 'errors.status-class'],
    'Unknown values of include are accepted.',
    ruled('include', () => undefined),
  ),
  should(
    'orphans-accepted',
    ['rtools.output.orphan', 'errors.status-class'],
    'Outputs without a call are accepted.',
    ruled('history', (failure, where) => (where.kind === 'responses' ? undefined : failure)),
  ),
  should('hosted-tools-dropped', ['rtools.unknown-hosted', 'errors.status-class'], 'Tools of unknown type are left out without a word.', {
    ...ruled('tool-type', () => undefined),
    ...about((ask) => {
      ask.tools = ask.tools.filter((tool) => tool.name !== '')
    }),
  }),
]
