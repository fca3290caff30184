import { windowOf } from '../record/window.ts'
import { model, provider, say } from './answer-fixes.ts'
import { type Asked, type CauseRule, vendorFix } from './cause.ts'
import { openai } from './packages.ts'
import { hasError, isTooLong, namedLimit, refusesTools, refusesUsage, wantsOtherCap, wantsToolParser } from './refusals.ts'
import { headerOf, isSuccess, saidBy } from './send.ts'

/** The endpoint understands the address, and not the request; or it answers in a form that OpenCode cannot use. */
export const requestRules: readonly CauseRule[] = [
  {
    id: 'tool-parser',
    culprit: 'endpoint',
    when: ({ first }) => wantsToolParser(first),
    title: 'the server was started without support for tool calls',
    sees: ({ first }) => `"${saidBy(first).replace(/^HTTP \d+: /, '')}"`,
    fixes: () => [{ kind: 'flag', server: 'vLLM', flag: '--enable-auto-tool-choice --tool-call-parser <the parser of your model>' }],
  },
  {
    id: 'other-cap',
    culprit: 'endpoint',
    when: ({ first, effective }) => wantsOtherCap(first) && effective.api === 'chat',
    title: 'the model wants max_completion_tokens, and OpenCode always sends max_tokens to Chat Completions',
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: (known) => [
      model(known, { provider: { npm: openai } }, 'if the endpoint has the Responses API; otherwise it must take max_tokens'),
    ],
  },
  {
    id: 'usage-refused',
    culprit: 'endpoint',
    when: ({ first, hints }) => refusesUsage(first) || hints.change?.name === 'without-usage',
    title: 'the endpoint refuses stream_options.include_usage, which OpenCode sends with every request',
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: (known) => [
      provider(known, { options: { includeUsage: false } }),
      vendorFix(known, 'stream_options: {include_usage: true} should be accepted on streams.'),
    ],
  },
  {
    id: 'too-much-output',
    culprit: 'configuration',
    when: ({ hints }) => hints.change?.name === 'less-output',
    title: ({ effective }) =>
      `the endpoint refuses ${effective.maxTokens} tokens of output${effective.output ? '' : ', which OpenCode asks for where limit.output is missing'}`,
    sees: ({ client, first }) => (client ? client.sees : `"${saidBy(first)}"`),
    fixes: (known) => [model(known, { limit: limitOf(known) }, 'the output limit of your model may be higher')],
    rules: ['CF-36', 'CF-35'],
  },
  {
    id: 'window-too-small',
    culprit: 'model',
    when: ({ first, hints }) =>
      isTooLong(first) || (first.status >= 500 && hints.change?.name === 'short' && /context|memory|token/i.test(first.text)),
    title: ({ first }) => {
      const limit = namedLimit(first)
      return `the prompt of OpenCode does not fit${limit === undefined ? '' : ` into ${limit} tokens`}: its instructions and tools alone are about 8000 tokens`
    },
    sees: 'no error: the conversation is summarised and sent again, without end',
    fixes: () => [
      say('run the model with a larger context window, or choose one; on a server of your own the window is set when it is started'),
    ],
    rules: ['CF-36'],
  },
  {
    id: 'tools-refused',
    culprit: 'model',
    when: ({ first, hints }) => refusesTools(first) || hints.change?.name === 'without-tools',
    title: 'the endpoint refuses requests with tools, which every request of OpenCode has',
    sees: ({ first }) => `"${saidBy(first)}"; there is no fallback to calls written as text`,
    fixes: (known) => [
      say('choose a model that calls functions; tool_call: false does not keep tools out of requests'),
      vendorFix(known, 'Requests with `tools` and `tool_choice: "auto"` should be accepted.'),
    ],
  },
  {
    id: 'stream-refused',
    culprit: 'endpoint',
    when: ({ hints }) => hints.change?.name === 'not-streamed',
    title: 'the endpoint refuses streams, and OpenCode always asks for one',
    sees: ({ first }) => `"${saidBy(first)}"`,
    fixes: (known) => [vendorFix(known, 'Requests with `stream: true` must be served as server-sent events.')],
  },
  {
    id: 'prompt-refused',
    culprit: 'endpoint',
    when: ({ hints }) => hints.change?.name === 'short',
    title: 'the endpoint serves a short request, and refuses one of the size that OpenCode sends',
    sees: ({ client, first }) => client?.sees ?? `"${saidBy(first)}"`,
    fixes: (known) => [vendorFix(known, 'A request with eleven tools and about 45 kB must be accepted.')],
  },
  {
    id: 'rate-limited',
    culprit: 'endpoint',
    when: ({ first }) => first.status === 429,
    title: 'the endpoint limits the rate of requests',
    sees: ({ first }) =>
      `five retries${headerOf(first, 'retry-after') ? ' at the pace of Retry-After, however long it is' : ' in about 70 seconds'}, then "${saidBy(first)}"`,
    fixes: () => [
      say('wait, or raise the limit at the provider: OpenCode sends the title of a session beside the first turn, so two requests at once'),
    ],
  },
  {
    id: 'server-error',
    culprit: 'gateway',
    when: ({ first }) => [502, 503, 504, 520, 522, 524].includes(first.status),
    title: 'the gateway reaches nothing behind it: no worker is there, or it takes too long',
    sees: ({ first }) => `five retries in about 70 seconds, then "${saidBy(first)}"`,
    fixes: (known) => [
      say('look at the state of the endpoint at your provider: is a worker or an agent running and registered, is the model loaded?'),
      vendorFix(known, 'The gateway answers with a 5xx.'),
    ],
  },
  {
    id: 'broken-server',
    culprit: 'endpoint',
    when: ({ first }) => first.status >= 500,
    title: 'the endpoint fails at the request of OpenCode',
    sees: ({ first }) => `five retries in about 70 seconds, then "${saidBy(first)}"`,
    fixes: (known) => [vendorFix(known, 'The endpoint answers a valid request with a 5xx.')],
  },
  {
    id: 'error-in-200',
    culprit: 'endpoint',
    when: ({ first }) => isSuccess(first) && hasError(first),
    title: 'the endpoint reports an error with status 200',
    sees: 'blank replies, and the same request again and again; the text of the error is never shown',
    fixes: (known) => [vendorFix(known, 'Errors must be sent with a status of 400 or above.')],
  },
  {
    id: 'not-streamed',
    culprit: 'endpoint',
    when: ({ first }) => isSuccess(first) && first.json !== undefined,
    title: 'the endpoint ignores stream: true and answers with one JSON object',
    sees: 'blank replies, and the same request again and again without a message; OpenCode has no fallback for answers that are not streamed',
    fixes: (known) => [vendorFix(known, 'Requests with `stream: true` must be answered with server-sent events.')],
  },
  {
    id: 'refused',
    culprit: 'endpoint',
    when: ({ first }) => first.status >= 400,
    title: 'the endpoint refuses the request of OpenCode',
    sees: ({ first, client }) => `${client && client.symptom !== 'error-shown' ? `${client.sees}: ` : ''}"${saidBy(first)}"`,
    fixes: (known) => [vendorFix(known, 'A valid request is refused.')],
  },
]

/** Room for the instructions and tools of OpenCode, and what is left of a small window for the answer. */
const limitOf = ({ effective, models, first }: Asked): { context: number; output: number } => {
  const context = effective.context?.value || windowOf(models?.list, effective.wireId.value) || namedLimit(first) || 131_072
  return { context, output: Math.max(1024, Math.min(4096, context - 10_000)) }
}
