import type { Symptom } from './symptoms.ts'

/** What OpenCode 1.18 makes of what the packages hand over; `rows` are the rows of its contract, where each was measured. */
export const opencodeSymptoms = {
  'turn-dies': {
    result: 'breaks',
    sees: 'the turn ends with an error: the first part that cannot be read ends it, whatever follows',
    rows: ['CH-002', 'CH-003', 'CH-006', 'CH-010', 'CH-021', 'CH-102', 'RS-06', 'RS-20'],
  },
  'retried-then-dies': {
    result: 'breaks',
    sees: 'five retries in 70 seconds, then an error',
    rows: ['CH-032', 'CH-057', 'CH-063', 'RS-33'],
  },
  loops: {
    result: 'breaks',
    sees: 'the same request again and again, without end and without a message',
    rows: ['CH-009', 'CH-030', 'CH-031', 'CH-038', 'CH-046', 'CH-058', 'CH-064', 'RS-03', 'RS-26', 'RS-29'],
  },
  'tool-aborted': { result: 'breaks', sees: '"Tool execution aborted", and the turn ends', rows: ['RS-12', 'RS-15', 'RS-16'] },
  'tool-aborted-told': {
    result: 'degraded',
    sees: 'a call that is never finished; the model is told "Tool execution aborted"',
    rows: ['RS-12'],
  },
  'tool-parts-overwritten': { result: 'breaks', sees: 'tool calls with one id overwrite each other', rows: ['CH-119'] },
  hangs: {
    result: 'breaks',
    sees: 'a spinner; after 300 seconds the whole turn is sent again',
    rows: ['CH-043', 'CH-066', 'RS-32'],
  },
  'compacts-for-ever': {
    result: 'breaks',
    sees: 'no error: the conversation is summarised and sent again, without bound',
    rows: ['HE-04', 'HE-16'],
  },
  'refuses-what-is-always-sent': {
    result: 'breaks',
    sees: 'every turn is refused, because of something that every request has',
    rows: ['HE-15', 'RS-34'],
  },
  refused: { result: 'breaks', sees: 'the turn is refused, although it is one that OpenCode sends', rows: ['HE-01'] },
  'no-such-endpoint': { result: 'breaks', sees: '"Not Found" at once', rows: ['RS-30'] },
  'cannot-connect': { result: 'breaks', sees: '"Cannot connect to API", after five retries', rows: ['HE-19'] },
  retried: { result: 'degraded', sees: 'five retries in 70 seconds, then the words of the endpoint', rows: ['HE-03', 'HE-06', 'HE-18'] },
  'waits-as-told': {
    result: 'breaks',
    sees: 'the next try is as far away as Retry-After says, be it an hour',
    rows: ['HE-05'],
  },
  'content-filtered': {
    result: 'degraded',
    sees: '"The response was blocked by the provider\'s content filter", whatever was said before',
    rows: ['CH-035', 'RS-24'],
  },
  'ends-blank': { result: 'degraded', sees: 'the turn ends blank, without a message', rows: ['RS-23'] },
  'server-error-shown': {
    result: 'degraded',
    sees: 'the failure that the endpoint reported, as raw JSON',
    rows: ['CH-070', 'CH-072', 'CH-073'],
  },
} as const satisfies Readonly<Record<string, Symptom>>

/** Phrases in any case, whose words stand apart by one of `between`, and in which N is a number. */
const phrases = (between: string, ...list: readonly string[]): readonly RegExp[] =>
  list.map((phrase) => new RegExp(phrase.replaceAll(' ', between).replace(/\bN\b/g, '[\\d,]+'), 'i'))

/** Texts, in a message or a body, after which a request is sent again whatever its status was (contract, section 3.2). */
export const retriedTexts: readonly RegExp[] = [
  ...phrases('', '429', '500', '502', '503', '504', '524'),
  ...phrases('[ _-]', 'rate limit', 'service unavailable', 'server error', 'provider returned error', 'network error'),
  ...phrases('[ _]', 'internal error', 'resource exhausted'),
  ...phrases(' ', 'rate increased too quickly', 'too many requests', 'overloaded', 'terminated', 'fetch failed', 'failed to fetch'),
  ...phrases(' ', 'upstream connect', 'connection error', 'connection refused', 'connection lost', 'socket connection was closed'),
  ...phrases(' ', 'socket hang up', 'reset before headers', 'try your request again', 'retry your request'),
  ...phrases('', 'getaddrinfo', 'enotfound', 'eai_again', 'econnrefused', 'econnreset', 'etimedout'),
  /^timeout$/i,
  /\b(?:request|response|connection|network|stream|read) (?:timeout|timed out|time out)\b/i,
  /\btry again (?:later|in\b)/i,
  /\b(?:currently|temporarily) at capacity\b/i,
]

/** The same for an error without a status, such as one that comes in the middle of a stream. */
export const retriedStreamTexts: readonly RegExp[] = [...retriedTexts, ...phrases('', 'too_many_requests', 'exhausted', 'unavailable')]

/** Texts that are taken for a prompt that is too long: they are not shown, and the conversation is compacted (the same section). */
export const overflowTexts: readonly RegExp[] = [
  ...phrases(' ', 'prompt is too long', 'input is too long for requested model', 'exceeds the context window', 'too many tokens'),
  ...phrases(' ', 'token limit exceeded', 'request entity too large', 'exceeds the available context size'),
  ...phrases(' ', 'reduce the length of the messages', 'greater than the context length', 'context window exceeds limit'),
  ...phrases(' ', 'exceeded model token limit', 'tokens in request more than max tokens allowed'),
  ...phrases(' ', 'maximum context length is \\d+ tokens', 'exceeds the limit of \\d+', 'maximum prompt length is \\d+'),
  ...phrases(' ', 'context length is only \\d+ tokens', 'too large for model with \\d+ maximum context length'),
  ...phrases(' ', 'prompt has N tokens?, but the configured context size is N tokens?'),
  ...phrases(' ', "input \\(\\d+ tokens\\) is longer than the model'?s context length \\(\\d+ tokens\\)"),
  ...phrases('', 'request_too_large', 'model_context_window_exceeded'),
  ...phrases('[ _]', 'context length exceeded'),
  /exceeds (?:the )?maximum allowed input length of [\d,]+ token/i,
  /exceeds (?:the )?(?:model'?s )?maximum context length(?: of [\d,]+ token|\s*\([\d,]+\))/i,
  /input token count.*exceeds the maximum/i,
  /input length.*exceeds.*context length/i,
  /prompt too long; exceeded (?:max )?context length/i,
  /^4(?:00|13)\s*(?:status code)?\s*\(no body\)/i,
]

/** Where these stand too, the prompt is not taken for too long. */
export const throttledTexts: readonly RegExp[] = [
  /^(?:throttling error|service unavailable):/i,
  ...phrases(' ', 'rate limit', 'too many requests'),
]

/** Members that every request of a session has (contract, sections 2.3 and 2.4), and nobody can leave out. */
export const alwaysSent = {
  chat: ['max_tokens', 'tools', 'tool_choice', 'stream', 'stream_options', 'include_usage'],
  responses: ['max_output_tokens', 'tools', 'tool_choice', 'stream', 'store', 'include', 'prompt_cache_key', 'strict'],
} as const

/** How endpoints word that they do not know a member, or do not take it. */
export const refusalTexts =
  /unknown|unrecogni[sz]ed|unsupported|not supported|not permitted|not allowed|unexpected|extra (?:inputs|fields)|invalid param|does not support|requires --/i
