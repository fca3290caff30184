import type { Bend, Json } from '../exchange.ts'
import { onChatEvents, onChatRequest, onEntry, onMessage, onSpeech, refusesChat } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { thinking, variant } from './variant.ts'

const formatOf = (body: Json): string => body?.response_format?.type ?? ''

const written = (bend: (value: Json) => string) =>
  onSpeech((speech, call) => {
    if (formatOf(call.json).startsWith('json_') && speech.finish === 'stop' && speech.content !== null)
      speech.content = bend(JSON.parse(speech.content))
  })

/** The same value with the members of every object the other way round. */
const turned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  )
}

/** Servers that do less than others with formats, and say so, and legal ways to write JSON. */
export const structuredVariants: readonly Bend[] = [
  variant(
    'formats-refused',
    'every format but text is refused',
    refusesChat((body) => formatOf(body).startsWith('json_'), 'response_format'),
  ),
  variant(
    'schemas-refused',
    'JSON mode is served, schemas are refused',
    refusesChat((body) => formatOf(body) === 'json_schema', 'response_format.type'),
  ),
  variant(
    'streamed-formats-refused',
    'formats are refused in streams',
    refusesChat((body) => formatOf(body).startsWith('json_') && body.stream === true, 'response_format'),
  ),
  variant(
    'references-refused',
    'schemas with references are refused',
    onChatRequest((body) =>
      body.response_format?.json_schema?.schema?.$defs === undefined
        ? undefined
        : errorAnswer("Invalid schema for response_format: '$ref' is not supported.", {
            param: 'response_format',
            code: 'invalid_json_schema',
          }),
    ),
  ),
  variant(
    'json-indented',
    'JSON is indented, and a line break ends it',
    written((value) => `${JSON.stringify(value, null, 2)}\n`),
  ),
  variant(
    'json-spaced',
    'JSON begins with white space and has a space behind every colon',
    written((value) => ` \n\t${JSON.stringify(value, null, 1).replace(/\n */g, ' ')}  `),
  ),
  variant(
    'json-turned',
    'members come in another order',
    written((value) => JSON.stringify(turned(value))),
  ),
  variant(
    'json-escaped',
    'JSON is written with escapes that nothing asks for',
    written((value) => JSON.stringify(value).replace(/"[^"]*"/g, (text) => text.replaceAll('r', '\\u0072'))),
  ),
  variant(
    'schema-declined',
    'the model declines whatever is asked for under a schema',
    onSpeech((speech, call) => {
      if (formatOf(call.json) !== 'json_schema' || !call.target.endsWith('/chat/completions')) return
      speech.refusal = "I'm sorry, but I can't help with that."
      speech.content = null
      speech.finish = 'stop'
    }),
  ),
  variant(
    'refusal-left-out',
    'refusal is not sent where nothing was declined in a stream, and null in every delta where nothing is new',
    onChatEvents((events) => {
      for (const { data } of events) {
        for (const { delta } of data.choices ?? []) if (delta.role !== undefined && delta.refusal === null) delete delta.refusal
      }
    }),
    onEntry(({ delta }) => {
      if (delta.content !== undefined && delta.content !== null && delta.role === undefined) delta.refusal = null
    }),
  ),
  variant(
    'json-with-parsed',
    'the parsed value stands beside the text',
    onMessage((message) => {
      try {
        message.parsed = JSON.parse(message.content)
      } catch {
        // words have no value
      }
    }),
  ),
  variant(
    'schema-filtered',
    'a filter ends what is written under a schema',
    onSpeech((speech, call) => {
      if (formatOf(call.json) !== 'json_schema' || speech.content === null || speech.finish !== 'stop') return
      speech.content = speech.content.slice(0, 12)
      speech.finish = 'content_filter'
    }),
  ),
  thinking(
    'json-behind-hidden-thoughts',
    'thoughts before JSON are counted but not shown',
    onMessage((message) => {
      delete message.reasoning_content
    }),
  ),
]
