import type { Fault, Json } from '../exchange.ts'
import { fault, onAnswer, onResponse, onResponsesRequest, onTerminal, refusesResponses } from './stages.ts'

const withMember = (name: string, value: unknown) =>
  onResponse((response) => {
    response[name] = value
  })

const withoutMember = (...names: readonly string[]) =>
  onResponse((response) => {
    for (const name of names) delete response[name]
  })

const onItem = (bend: (item: Json, index: number, response: Json) => void) =>
  onResponse((response) => {
    for (const [index, item] of response.output.entries()) bend(item, index, response)
  })

const onMessageItem = (bend: (item: Json) => void) =>
  onItem((item) => {
    if (item.type === 'message') bend(item)
  })

const onPart = (bend: (part: Json) => void) =>
  onMessageItem((item) => {
    for (const part of item.content) bend(part)
  })

/** The usage of a reply, streamed or not. */
const onUsage = (bend: (usage: Json) => void) => {
  const bent = (response: Json) => {
    if (response.usage !== null) bend(response.usage)
  }
  return { ...onResponse(bent), ...onTerminal(bent) }
}

/** An echoed member that shows something else than was asked for. */
const notEchoed = (name: string, shown: unknown) => withMember(name, shown)

const items = (body: Json): Json[] => (Array.isArray(body.input) ? body.input : [])

const ofType =
  (type: string) =>
  (item: Json): boolean =>
    item?.type === type

const hasRole =
  (role: string) =>
  (item: Json): boolean =>
    item?.role === role

/** The response object, its usage, its input and its echo. */
export const responsesFaults: readonly Fault[] = [
  fault('responses-object', 'responses.object', 'responses call themselves chat.completion', withMember('object', 'chat.completion')),
  fault('responses-object-missing', 'responses.object', 'responses do not say what they are', withoutMember('object')),
  fault('responses-id-missing', 'responses.object', 'responses have no id', withoutMember('id')),
  fault('responses-id-empty', 'responses.object', 'the id of responses is empty', withMember('id', '')),
  fault('responses-id-constant', 'responses.object', 'every response has the same id', withMember('id', 'resp_0')),
  fault(
    'responses-created-ms',
    'responses.object',
    'responses count their age in milliseconds',
    onResponse((response) => {
      response.created_at *= 1000
    }),
  ),
  fault('responses-created-string', 'responses.object', 'responses have a date in words', withMember('created_at', '2026-01-01T00:00:00Z')),
  fault(
    'responses-created-renamed',
    'responses.object',
    'responses have created instead of created_at',
    onResponse((response) => {
      response.created = response.created_at
      delete response.created_at
    }),
  ),
  fault('responses-model-missing', 'responses.object', 'responses do not name the model', withoutMember('model')),
  fault('responses-model-empty', 'responses.object', 'the model of responses is empty', withMember('model', '')),
  fault(
    'responses-chat-object',
    'responses.object',
    'responses have the shape of chat replies',
    onAnswer(['response'], (answer) => {
      const { id, created_at, model, output } = answer.body
      const content = output.find(ofType('message'))?.content[0].text ?? null
      answer.body = {
        id,
        object: 'chat.completion',
        created: created_at,
        model,
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      }
    }),
  ),
  fault('responses-status', 'responses.status', 'the status of finished responses is done', withMember('status', 'done')),
  fault('responses-status-missing', 'responses.status', 'responses have no status', withoutMember('status')),
  fault(
    'responses-status-in-progress',
    'responses.status',
    'finished responses are still in progress',
    withMember('status', 'in_progress'),
  ),
  fault(
    'responses-status-tools-incomplete',
    'responses.status',
    'responses with calls are incomplete',
    onResponse((response) => {
      if (response.output.some(ofType('function_call'))) response.status = 'incomplete'
    }),
  ),
  fault(
    'responses-members-missing',
    'responses.required-members',
    'empty members are left out of responses',
    withoutMember('error', 'incomplete_details', 'instructions', 'metadata'),
  ),
  fault('responses-error-missing', 'responses.required-members', 'responses have no error member', withoutMember('error')),
  fault(
    'responses-error-on-success',
    'responses.required-members',
    'finished responses have an error',
    withMember('error', { code: 'none', message: '' }),
  ),
  fault('responses-tools-missing', 'responses.required-members', 'responses do not list their tools', withoutMember('tools')),
  fault('responses-output-null', 'responses.output', 'the output of responses is null', withMember('output', null)),
  fault('responses-output-missing', 'responses.output', 'responses have no output', withoutMember('output')),
  fault(
    'responses-output-object',
    'responses.output',
    'the output of responses is one item',
    onResponse((response) => {
      response.output = response.output[0]
    }),
  ),
  fault('responses-output-string', 'responses.output', 'the output of responses is a string', withMember('output', 'OK')),
  fault(
    'responses-item-id-missing',
    'responses.output',
    'items have no id',
    onItem((item) => {
      delete item.id
    }),
  ),
  fault(
    'responses-item-id-empty',
    'responses.output',
    'the id of items is empty',
    onItem((item) => {
      item.id = ''
    }),
  ),
  fault(
    'responses-item-id-equal',
    'responses.output',
    'two items have the same id',
    onResponse((response) => {
      response.output.push(structuredClone(response.output[0]))
    }),
  ),
  fault(
    'responses-item-type-missing',
    'responses.output',
    'items have no type',
    onItem((item) => {
      delete item.type
    }),
  ),
  fault(
    'responses-role-missing',
    'responses.message-item',
    'messages have no role',
    onMessageItem((item) => {
      delete item.role
    }),
  ),
  fault(
    'responses-role-wrong',
    'responses.message-item',
    'the role of messages is user',
    onMessageItem((item) => {
      item.role = 'user'
    }),
  ),
  fault(
    'responses-item-status-missing',
    'responses.message-item',
    'messages have no status',
    onMessageItem((item) => {
      delete item.status
    }),
  ),
  fault(
    'responses-content-string',
    'responses.message-item',
    'the content of messages is a string',
    onMessageItem((item) => {
      item.content = item.content[0].text
    }),
  ),
  fault(
    'responses-content-empty',
    'responses.message-item',
    'messages have no part',
    onMessageItem((item) => {
      item.content = []
    }),
  ),
  fault(
    'responses-part-type',
    'responses.message-item',
    'parts of messages are of type text',
    onPart((part) => {
      part.type = 'text'
    }),
  ),
  fault(
    'responses-text-missing',
    'responses.message-item',
    'parts of messages have no text',
    onPart((part) => {
      delete part.text
    }),
  ),
  fault(
    'responses-text-empty',
    'responses.message-item',
    'the text of messages is empty',
    onPart((part) => {
      part.text = ''
    }),
  ),
  fault(
    'responses-text-null',
    'responses.message-item',
    'the text of messages is null',
    onPart((part) => {
      part.text = null
    }),
  ),
  fault(
    'responses-annotations-missing',
    'responses.message-item',
    'parts of messages have no annotations',
    onPart((part) => {
      delete part.annotations
    }),
  ),
  fault('responses-output-empty', 'responses.message-item', 'finished responses have no output', withMember('output', [])),
  fault('responses-usage-missing', 'responses.usage', 'responses have no usage', withoutMember('usage')),
  fault('responses-usage-null', 'responses.usage', 'the usage of finished responses is null', withMember('usage', null)),
  fault(
    'responses-usage-sum',
    'responses.usage',
    'the total is one more than the sum',
    onUsage((usage) => {
      usage.total_tokens += 1
    }),
  ),
  fault(
    'responses-usage-string',
    'responses.usage',
    'token counts of responses are strings',
    onUsage((usage) => {
      usage.input_tokens = String(usage.input_tokens)
    }),
  ),
  fault(
    'responses-usage-chat-names',
    'responses.usage',
    'token counts have the names of chat',
    onUsage((usage) => {
      usage.prompt_tokens = usage.input_tokens
      usage.completion_tokens = usage.output_tokens
      delete usage.input_tokens
      delete usage.output_tokens
    }),
  ),
  fault(
    'responses-usage-negative',
    'responses.usage',
    'the output count is negative',
    onUsage((usage) => {
      usage.output_tokens = -1
      usage.total_tokens = usage.input_tokens - 1
    }),
  ),
  fault(
    'responses-usage-details-missing',
    'responses.usage.details',
    'usage has no details',
    onUsage((usage) => {
      delete usage.input_tokens_details
      delete usage.output_tokens_details
    }),
  ),
  fault(
    'responses-cached-missing',
    'responses.usage.details',
    'cached tokens are not told',
    onUsage((usage) => {
      usage.input_tokens_details = {}
    }),
  ),
  fault(
    'responses-reasoning-null',
    'responses.usage.details',
    'reasoning tokens are null',
    onUsage((usage) => {
      usage.output_tokens_details = { reasoning_tokens: null }
    }),
  ),
  fault(
    'responses-string-input-refused',
    'responses.input.forms',
    'input must be a list',
    refusesResponses((body) => typeof body.input === 'string', 'input'),
  ),
  fault(
    'responses-list-input-refused',
    'responses.input.forms',
    'input must be a string',
    refusesResponses(
      (body) => items(body).length > 0 && items(body).every((item) => ['user', 'system', 'developer'].includes(item?.role)),
      'input',
    ),
  ),
  fault(
    'responses-parts-refused',
    'responses.input.forms',
    'typed parts are refused',
    refusesResponses(
      (body) =>
        items(body).some(
          (item) => item?.role === 'user' && Array.isArray(item.content) && item.content.every((part: Json) => part?.type === 'input_text'),
        ),
      'input[0].content',
    ),
  ),
  fault(
    'responses-developer-refused',
    'responses.input.forms',
    'developer messages are refused',
    refusesResponses((body) => items(body).some(hasRole('developer')), 'input[0].role'),
  ),
  fault(
    'responses-system-refused',
    'responses.input.forms',
    'system messages are refused',
    refusesResponses((body) => items(body).some(hasRole('system')), 'input[0].role'),
  ),
  fault(
    'responses-history-refused',
    'responses.input.history',
    'earlier output is refused as input',
    refusesResponses((body) => items(body).some((item) => item?.role === 'assistant'), 'input[1]'),
  ),
  fault(
    'responses-output-items-refused',
    'responses.input.history',
    'items with ids are refused as input',
    refusesResponses((body) => items(body).some((item) => item?.role === 'assistant' && item.id), 'input[1].id'),
  ),
  fault(
    'responses-history-dropped',
    'responses.input.history',
    'earlier turns do not reach the model',
    onResponsesRequest((body) => {
      const last = items(body).findLastIndex(hasRole('user'))
      if (last > 0 && items(body).some(hasRole('assistant'))) body.input = items(body).slice(last)
    }),
  ),
  fault(
    'responses-instructions-dropped',
    'responses.instructions',
    'instructions do not reach the model',
    onResponsesRequest((body) => {
      if (typeof body.instructions === 'string') delete body.instructions
    }),
  ),
  fault(
    'responses-cap-ignored',
    'responses.max-output-tokens',
    'max_output_tokens is ignored',
    onResponsesRequest((body) => {
      if (Number.isInteger(body.max_output_tokens) && body.max_output_tokens > 0) delete body.max_output_tokens
    }),
  ),
  fault(
    'responses-completed-though-cut',
    'responses.max-output-tokens',
    'responses cut by the cap are completed',
    onResponse((response) => {
      if (response.status !== 'incomplete') return
      response.status = 'completed'
      response.incomplete_details = null
    }),
  ),
  fault(
    'responses-incomplete-reason-missing',
    'responses.max-output-tokens',
    'incomplete responses do not say why',
    onResponse((response) => {
      response.incomplete_details = null
    }),
  ),
  fault(
    'responses-incomplete-reason-wrong',
    'responses.max-output-tokens',
    'responses cut by the cap name another reason',
    onResponse((response) => {
      if (response.incomplete_details) response.incomplete_details = { reason: 'max_tokens' }
    }),
  ),
  fault(
    'responses-over-cap',
    'responses.max-output-tokens',
    'more tokens are counted than the cap allows',
    onResponse((response) => {
      if (response.status !== 'incomplete') return
      response.usage.output_tokens += 9
      response.usage.total_tokens += 9
    }),
  ),
  fault('responses-echo-temperature', 'responses.echo', 'the temperature is not echoed', notEchoed('temperature', 0.7)),
  fault('responses-echo-top-p', 'responses.echo', 'top_p is not echoed', notEchoed('top_p', 0.95)),
  fault('responses-echo-instructions', 'responses.echo', 'instructions are not echoed', notEchoed('instructions', null)),
  fault('responses-echo-metadata', 'responses.echo', 'metadata are not echoed', notEchoed('metadata', {})),
  fault('responses-echo-cap', 'responses.echo', 'the cap is not echoed', notEchoed('max_output_tokens', null)),
  fault('responses-echo-tools', 'responses.echo', 'tools are not echoed', notEchoed('tools', [])),
  fault('responses-echo-tool-choice', 'responses.echo', 'the tool choice is not echoed', notEchoed('tool_choice', 'auto')),
  fault('responses-echo-parallel', 'responses.echo', 'the switch for parallel calls is not echoed', notEchoed('parallel_tool_calls', true)),
  fault('responses-echo-format', 'responses.echo', 'the text format is not echoed', notEchoed('text', { format: { type: 'text' } })),
  fault(
    'responses-echo-previous',
    'responses.echo',
    'the id of the previous response is not echoed',
    notEchoed('previous_response_id', null),
  ),
  fault(
    'responses-format-ignored',
    'responses.text-format',
    'the text format is ignored',
    onResponsesRequest((body) => {
      if (body.text?.format?.type === 'json_schema') body.text.format = { type: 'text' }
    }),
  ),
]
