import type { Call, Fault, Json, Speech } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { crashesOn, fault, onChatRequest, onMessage, onSpeech, refusesChat, statusOf, thinkingFault } from './stages.ts'

const formatOf = (body: Json): string | undefined => body?.response_format?.type

/** What the model says in a finished answer under one kind of format, plain or streamed or both. */
const answers = (type: RegExp, bend: (text: string, call: Call) => string, mode: 'json' | 'stream' | 'both' = 'both') =>
  onSpeech((speech, call) => {
    if (!call.target.endsWith('/chat/completions') || !type.test(formatOf(call.json) ?? '')) return
    if (mode !== 'both' && (call.json.stream === true) !== (mode === 'stream')) return
    if (speech.content !== null && speech.finish === 'stop') speech.content = bend(speech.content, call)
  })

const object = /^json_object$/
const schema = /^json_schema$/

/** The value of an answer, changed and written anew. */
const value =
  (bend: (value: Json, call: Call) => Json | undefined) =>
  (text: string, call: Call): string => {
    const parsed = JSON.parse(text)
    return JSON.stringify(bend(parsed, call) ?? parsed)
  }

const fenced = (text: string): string => `\`\`\`json\n${text}\n\`\`\``
const prefaced = (text: string): string => `Here is the JSON that you asked for:\n\n${text}`

const dropped = (when: (body: Json) => boolean) =>
  onChatRequest((body) => {
    if (when(body)) delete body.response_format
  })

/** Prompts that ask for something else than the schema. */
const isHostile = (call: Call): boolean =>
  /Ignore any format|Add a member|Leave out|has to be the word|code fence/.test(JSON.stringify(call.json?.messages))

const poem = 'O river broad and river long,\nthe hills have heard your evening song.'

const isDeep = (call: Call): boolean => call.json?.response_format?.json_schema?.schema?.$defs !== undefined

const card = (bend: (value: Json) => Json | undefined) =>
  value((parsed) => (parsed.size_class === undefined && parsed.main === undefined ? undefined : bend(parsed)))

const asStop = (when: (call: Call) => boolean, finish = 'stop') =>
  onSpeech((speech: Speech, call) => {
    if (speech.finish === 'length' && schema.test(formatOf(call.json) ?? '') && when(call)) speech.finish = finish
  })

/** JSON that does not come, comes with something around it, or in another form than was promised. */
export const structuredFaults: readonly Fault[] = [
  fault(
    'format-text-refused',
    'structured.text',
    'the format text is refused',
    refusesChat((body) => formatOf(body) === 'text', 'response_format'),
  ),
  fault(
    'format-text-forces-json',
    'structured.text',
    'the format text switches JSON mode on',
    onChatRequest((body) => {
      if (formatOf(body) === 'text') body.response_format = { type: 'json_object' }
    }),
  ),
  fault('json-object-fenced', 'structured.json-object', 'JSON mode gives JSON in a code fence', answers(object, fenced)),
  fault('json-object-prefaced', 'structured.json-object', 'JSON mode gives a sentence before the JSON', answers(object, prefaced)),
  fault(
    'json-object-followed',
    'structured.json-object',
    'JSON mode gives a sentence behind the JSON',
    answers(object, (text) => `${text}\n\nI hope this helps.`),
  ),
  fault(
    'json-object-list',
    'structured.json-object',
    'JSON mode gives a list',
    answers(object, (text) => `[${text}]`),
  ),
  fault(
    'json-object-encoded',
    'structured.json-object',
    'JSON mode gives a string that holds JSON',
    answers(object, (text) => JSON.stringify(text)),
  ),
  fault(
    'json-object-cut',
    'structured.json-object',
    'JSON mode loses the last bracket',
    answers(object, (text) => text.slice(0, -1)),
  ),
  fault(
    'json-object-quotes',
    'structured.json-object',
    'JSON mode gives single quotes',
    answers(object, (text) => text.replaceAll('"', "'")),
  ),
  fault(
    'json-object-flooded',
    'structured.json-object',
    'JSON mode adds white space without end',
    answers(object, (text) => `${text}${' \n'.repeat(400)}`),
  ),
  fault(
    'json-object-dropped-in-streams',
    'structured.json-object',
    'JSON mode is ignored in streams',
    dropped((body) => formatOf(body) === 'json_object' && body.stream === true),
  ),
  fault(
    'schema-as-json-mode',
    'structured.json-schema.accepted',
    'a schema switches JSON mode on and nothing else',
    answers(schema, () => '{"answer":"major"}'),
  ),
  fault('schema-fenced', 'structured.json-schema.accepted', 'JSON under a schema comes in a code fence', answers(schema, fenced)),
  fault('schema-prefaced', 'structured.json-schema.accepted', 'JSON under a schema comes behind a sentence', answers(schema, prefaced)),
  fault(
    'schema-encoded',
    'structured.json-schema.accepted',
    'JSON under a schema is encoded twice',
    answers(schema, (text) => JSON.stringify(text)),
  ),
  fault(
    'schema-cut',
    'structured.json-schema.accepted',
    'JSON under a schema loses its last bracket',
    answers(schema, (text) => text.slice(0, -1)),
  ),
  fault(
    'schema-listed',
    'structured.json-schema.accepted',
    'JSON under a schema comes in a list',
    answers(schema, (text) => `[${text}]`),
  ),
  fault(
    'schema-wrapped',
    'structured.json-schema.accepted',
    'JSON under a schema is put below the name of the schema',
    answers(
      schema,
      value((parsed, call) => ({ [call.json.response_format.json_schema.name]: parsed })),
    ),
  ),
  fault(
    'schema-echoed',
    'structured.json-schema.accepted',
    'the answer is the schema itself',
    answers(schema, (_, call) => JSON.stringify(call.json.response_format.json_schema.schema)),
  ),
  fault(
    'schema-enum-broken',
    'structured.json-schema.accepted',
    'a value is none of its enum',
    answers(
      schema,
      card((parsed) => ({ ...parsed, size_class: 'enormous' })),
    ),
  ),
  fault(
    'schema-required-missing',
    'structured.json-schema.accepted',
    'a required member is missing',
    answers(
      schema,
      card(({ navigable: _, main: __, ...rest }) => rest),
    ),
  ),
  fault(
    'schema-member-added',
    'structured.json-schema.accepted',
    'a member is added that the schema forbids',
    answers(
      schema,
      card((parsed) => ({ ...parsed, note: 'extra' })),
    ),
  ),
  fault(
    'schema-numbers-as-strings',
    'structured.json-schema.accepted',
    'numbers come as strings',
    answers(schema, (text) => text.replace(/:(-?\d+)/g, ':"$1"')),
  ),
  fault(
    'schema-nulls',
    'structured.json-schema.accepted',
    'a value is null that must not be',
    answers(
      schema,
      card((parsed) => (parsed.main ? { ...parsed, main: null } : { ...parsed, mouth: null })),
    ),
  ),
  fault(
    'schema-dropped-in-streams',
    'structured.stream',
    'a schema is ignored in streams',
    dropped((body) => formatOf(body) === 'json_schema' && body.stream === true),
  ),
  fault('schema-fenced-in-streams', 'structured.stream', 'streamed JSON comes in a code fence', answers(schema, fenced, 'stream')),
  fault(
    'schema-looser-in-streams',
    'structured.stream',
    'streamed JSON has another member than the schema allows',
    answers(
      schema,
      card((parsed) => ({ ...parsed, note: 'extra' })),
      'stream',
    ),
  ),
  fault(
    'schema-yields-to-prompt',
    'structured.json-schema.enforced',
    'the prompt is stronger than the schema',
    answers(schema, (text, call) => (isHostile(call) ? poem : text)),
  ),
  fault(
    'schema-yields-to-extras',
    'structured.json-schema.enforced',
    'a member is added where the prompt asks for it',
    answers(
      schema,
      value((parsed, call) =>
        /Add a member/.test(JSON.stringify(call.json.messages)) ? { ...parsed, comment: 'A fine river.' } : undefined,
      ),
    ),
  ),
  fault(
    'schema-without-references',
    'structured.json-schema.features',
    'references in a schema are not resolved',
    answers(
      schema,
      value((parsed, call) => (isDeep(call) ? { ...parsed, main: 'text', tributaries: ['text'] } : undefined)),
    ),
  ),
  fault(
    'schema-without-alternatives',
    'structured.json-schema.features',
    'alternatives in a schema are not looked at',
    answers(
      schema,
      value((parsed, call) => (isDeep(call) ? { ...parsed, delta: 'wide' } : undefined)),
    ),
  ),
  fault(
    'schema-flat-only',
    'structured.json-schema.features',
    'only the first level of a schema is looked at',
    answers(
      schema,
      value((parsed, call) => (isDeep(call) ? { ...parsed, tributaries: [{ rating: 'high' }] } : undefined)),
    ),
  ),
  fault(
    'schema-unchecked',
    'structured.json-schema.invalid',
    'a schema that is none is taken for one of any value',
    onChatRequest((body) => {
      const holder = body.response_format?.json_schema
      if (holder?.schema?.type === 'objekt') holder.schema = { type: 'object' }
    }),
  ),
  fault(
    'schema-invalid-500',
    'structured.json-schema.invalid',
    'a schema that is none ends in a server error',
    crashesOn('response_format'),
  ),
  fault(
    'schema-invalid-404',
    'structured.json-schema.invalid',
    'formats that mean nothing are answered 404',
    statusOf('response_format', 404),
  ),
  fault(
    'format-unknown-taken',
    'structured.json-schema.invalid',
    'an unknown format is taken for text',
    onChatRequest((body) => {
      if (formatOf(body) === 'yaml') body.response_format = { type: 'text' }
    }),
  ),
  fault(
    'schema-missing-taken',
    'structured.json-schema.invalid',
    'a schema that is missing is taken for none',
    onChatRequest((body) => {
      if (formatOf(body) === 'json_schema' && body.response_format.json_schema === undefined) delete body.response_format
    }),
  ),
  fault(
    'schema-cut-as-stop',
    'structured.truncation',
    'JSON that the cap has cut finishes with stop',
    asStop((call) => call.json.stream !== true),
  ),
  fault(
    'schema-cut-as-stop-in-streams',
    'structured.truncation',
    'streamed JSON that the cap has cut finishes with stop',
    asStop((call) => call.json.stream === true),
  ),
  fault(
    'schema-cut-as-calls',
    'structured.truncation',
    'JSON that the cap has cut finishes with tool_calls',
    asStop(() => true, 'tool_calls'),
  ),
  thinkingFault(
    'schema-fenced-behind-thoughts',
    'structured.with-reasoning',
    'behind thoughts the JSON comes in a code fence',
    answers(schema, fenced),
  ),
  thinkingFault(
    'schema-prefaced-behind-thoughts',
    'structured.with-reasoning',
    'behind thoughts a sentence comes before the JSON',
    answers(schema, (text) => `Now I can answer. ${text}`, 'json'),
  ),
  fault(
    'refusal-as-content',
    'structured.refusal',
    'what the model declines is in content',
    onSpeech((speech) => {
      if (speech.refusal === undefined) return
      speech.content = speech.refusal
      delete speech.refusal
    }),
  ),
  fault(
    'refusal-beside-content',
    'structured.refusal',
    'what the model declines is in content and in refusal',
    onMessage((message) => {
      if (message.refusal) message.content = message.refusal
    }),
  ),
  fault(
    'small-default-length',
    'params.default-length',
    'answers end after 64 tokens where there is no cap',
    onChatRequest((body) => {
      if (body.max_tokens === undefined && body.max_completion_tokens === undefined && !(body.n > 8)) body.max_tokens = 64
    }),
  ),
  fault(
    'large-default-length',
    'params.default-length',
    'answers end after 160 tokens where there is no cap',
    onChatRequest((body) => {
      if (body.max_tokens === undefined && body.max_completion_tokens === undefined) body.max_tokens = 160
    }),
  ),
  fault(
    'window-smaller-than-told',
    'chat.long-input',
    'prompts beyond 4,096 tokens are refused, though the model list tells of more',
    onChatRequest((body) =>
      JSON.stringify(body.messages ?? '').length > 24_000
        ? errorAnswer("This model's maximum context length is 4096 tokens. Please shorten the messages.", {
            param: 'messages',
            code: 'context_length_exceeded',
          })
        : undefined,
    ),
  ),
  fault(
    'parameters-dropped',
    'errors.unsupported-param-honest',
    'several choices, log probabilities, forced calls and formats are ignored',
    onChatRequest((body) => {
      if (body.n === 2) delete body.n
      if (body.logprobs === true) {
        delete body.logprobs
        delete body.top_logprobs
      }
      if (formatOf(body)?.startsWith('json_')) delete body.response_format
      if (body.tool_choice === 'required' && body.tools?.length > 0) body.tool_choice = 'none'
    }),
  ),
]
