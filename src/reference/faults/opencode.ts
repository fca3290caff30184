import type { Fault, Json } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onChatRequest, refusesChat, refusesResponses, thinkingFault } from './stages.ts'

const listed = (value: Json): Json[] => (Array.isArray(value) ? value : [])

const schemas = (body: Json): Json[] => listed(body.tools).map((tool) => tool?.function?.parameters ?? {})

const members = (body: Json): Json[] => schemas(body).flatMap((schema) => Object.values(schema.properties ?? {}))

const sizeOf = (body: Json): number => JSON.stringify(body).length

const parameters = 'tools[0].function.parameters'

/** A server with 32-bit numbers in its grammar. */
const mostOfGrammar = 2 ** 31 - 1

const isBeyondGrammar = (member: Json): boolean =>
  [member?.minimum, member?.maximum].some((bound) => typeof bound === 'number' && Math.abs(bound) > mostOfGrammar)

/** The first request of a session has more than this, and no request of any other suite that is meant to be short. */
const sessionSize = 30_000

/** Members of OpenCode's requests that endpoints stumble over. */
export const opencodeFaults: readonly Fault[] = [
  fault(
    'schema-dialect-refused',
    'opencode.schema-dialect',
    'the schema of a function must not name its dialect',
    refusesChat((body) => schemas(body).some((schema) => '$schema' in schema), `${parameters}.$schema`),
  ),
  fault(
    'wide-bounds-refused',
    'tools.schema-forms',
    'bounds of integers must fit into 32 bits',
    refusesChat((body) => members(body).some(isBeyondGrammar), `${parameters}.properties`),
  ),
  fault(
    'exclusive-minimum-refused',
    'tools.schema-forms',
    'integers must not have an exclusive minimum',
    refusesChat((body) => members(body).some((member) => member?.exclusiveMinimum !== undefined), `${parameters}.properties`),
  ),
  fault(
    'schema-default-refused',
    'tools.schema-forms',
    'members of a function must not have a default',
    refusesChat((body) => members(body).some((member) => member?.default !== undefined), `${parameters}.properties`),
  ),
  fault(
    'long-descriptions-refused',
    'opencode.request-accepted',
    'the description of a function must not be longer than two thousand characters',
    refusesChat((body) => listed(body.tools).some((tool) => tool?.function?.description?.length > 2000), 'tools[0].function.description'),
  ),
  fault(
    'ten-tools-refused',
    'opencode.request-accepted',
    'nine tools are taken and ten are refused',
    refusesChat((body) => listed(body.tools).length === 10, 'tools'),
  ),
  fault(
    'ten-tools-dropped',
    'opencode.tools-kept',
    'where ten tools are declared none of them reaches the model',
    onChatRequest((body) => {
      if (listed(body.tools).length === 10) {
        delete body.tools
        delete body.tool_choice
      }
    }),
  ),
  fault(
    'tools-behind-eighth-dropped',
    'opencode.tools-kept',
    'of ten tools the last two do not reach the model',
    onChatRequest((body) => {
      if (listed(body.tools).length === 10) body.tools.length = 8
    }),
  ),
  fault(
    'session-refused',
    'opencode.request-accepted',
    'a request with long instructions and ten tools is refused as if it were malformed',
    onChatRequest((body) =>
      sizeOf(body) > sessionSize && body.max_tokens === 32_000 ? errorAnswer('The request is malformed.', { param: 'body' }) : undefined,
    ),
  ),
  fault(
    'session-500',
    'wire.no-server-error',
    'a request with long instructions and ten tools ends in a server error',
    onChatRequest((body) => {
      if (sizeOf(body) > sessionSize && body.max_tokens === 32_000) throw new TypeError('unexpected end of input')
    }),
  ),
  fault(
    'agent-cap-refused',
    'limits.output-cap.lowered',
    'a cap of 32,000 tokens is refused',
    onChatRequest((body) =>
      body.max_tokens === 32_000
        ? errorAnswer("'max_tokens' is too large: 32000. This model supports at most 16384 completion tokens.", { param: 'max_tokens' })
        : undefined,
    ),
  ),
  fault(
    'agent-cap-500',
    'wire.no-server-error',
    'a cap of 32,000 tokens ends in a server error',
    onChatRequest((body) => {
      if (body.max_tokens === 32_000) throw new RangeError('max_tokens is beyond the window')
    }),
  ),
  fault(
    'broken-history-refused',
    'opencode.history-accepted',
    'a history is refused in which a call that failed is followed by others',
    refusesChat(
      (body) => listed(body.messages).filter((message) => message?.role === 'tool').length > 1 && sizeOf(body) > sessionSize,
      'messages[2]',
    ),
  ),
  fault(
    'invalid-call-refused',
    'history.undeclared-call',
    'a call of the tool invalid, which stands for one that failed, is refused',
    refusesChat(
      (body) => listed(body.messages).some((message) => message?.tool_calls?.[0]?.function?.name === 'invalid'),
      'messages[2].tool_calls[0].function.name',
    ),
  ),
  fault(
    'empty-text-with-calls-refused',
    'tools.turn.content-absent',
    'in a stream a message with calls must not have an empty text',
    refusesChat(
      (body) => body.stream === true && listed(body.messages).some((message) => message?.tool_calls && message.content === ''),
      'messages[2].content',
    ),
  ),
  fault(
    'long-conversation-refused',
    'opencode.compaction-accepted',
    'a text of more than eight thousand characters is refused where no tools are declared',
    refusesChat((body) => body.tools === undefined && body.max_tokens === 32_000 && sizeOf(body) > 8000, 'messages[1].content'),
  ),
  fault(
    'picture-after-result-refused',
    'opencode.tool-picture',
    'no picture may follow the result of a tool',
    refusesChat((body) => {
      const messages = listed(body.messages)
      const last = messages[messages.length - 1]
      return messages[messages.length - 2]?.role === 'tool' && listed(last?.content).some((part) => part?.type === 'image_url')
    }, 'messages[4].content[1]'),
  ),
  thinkingFault(
    'reasoning-summary-refused',
    'opencode.reasoning-summary',
    'no summary of the reasoning can be asked for',
    refusesResponses((body) => body.reasoning?.summary !== undefined && body.reasoning?.summary !== null, 'reasoning.summary'),
  ),
  thinkingFault(
    'reasoning-without-id-refused',
    'opencode.reasoning-without-id',
    'reasoning that comes back must bring the id of its item',
    refusesResponses((body) => listed(body.input).some((item) => item?.type === 'reasoning' && item.id === undefined), 'input[2].id'),
  ),
  fault(
    'responses-unstored-refused',
    'opencode.responses-members',
    'responses cannot be left unstored',
    refusesResponses((body) => body.store === false, 'store'),
  ),
  fault(
    'responses-cache-key-refused',
    'opencode.responses-members',
    'a key for the cache is refused',
    refusesResponses((body) => 'prompt_cache_key' in body, 'prompt_cache_key'),
  ),
  fault(
    'responses-lax-tools-refused',
    'opencode.responses-members',
    'functions that are expressly not strict are refused',
    refusesResponses((body) => listed(body.tools).some((tool) => tool?.strict === false), 'tools[0].strict'),
  ),
  fault(
    'responses-session-refused',
    'opencode.responses-accepted',
    'more than eight functions are refused',
    refusesResponses((body) => listed(body.tools).length > 8, 'tools'),
  ),
]
