import { type Ask, bad, chatJson, type Fault, must, ruled, should, type Where } from './bend.ts'
import { str, swap, tokens } from './text.ts'

const capped = (name: string) => ({
  ask: (ask: Ask, where: Where) => {
    if (where.kind === 'chat' && typeof ask.body[name] === 'number') ask.cap = Number.POSITIVE_INFINITY
  },
})

/** Faults of token counts and of request parameters. */
export const paramFaults: Fault[] = [
  must('usage-absent', ['usage.present'], 'A plain reply has no usage.', chatJson(swap(/,"usage":.*$/s, '}'))),
  must('usage-strings', ['usage.present'], 'Token counts are strings.', chatJson(swap(/"(\w+_tokens)":(\d+)/g, '"$1":"$2"'))),
  must('usage-no-completion', ['usage.present'], 'usage has no completion_tokens.', chatJson(swap(/"completion_tokens":\d+,/, ''))),
  must(
    'usage-sum-off',
    ['usage.sum'],
    'total_tokens leaves the prompt out.',
    chatJson(swap(/"completion_tokens":(\d+),"total_tokens":\d+/, '"completion_tokens":$1,"total_tokens":$1')),
  ),
  must('usage-no-prompt', ['usage.bounds'], 'prompt_tokens is always 0.', {
    said: (said, _ask, where) => {
      if (where.kind === 'chat') said.promptTokens = 0
    },
  }),
  must('usage-no-output', ['usage.bounds'], 'completion_tokens is always 0.', {
    said: (said, _ask, where) => {
      if (where.kind === 'chat') said.outTokens = 0
    },
  }),
  must('max-tokens-ignored', ['params.max-tokens', 'usage.bounds'], 'max_tokens does nothing.', capped('max_tokens')),
  must(
    'max-completion-ignored',
    ['params.max-completion-tokens', 'usage.bounds'],
    'max_completion_tokens does nothing.',
    capped('max_completion_tokens'),
  ),
  must('max-tokens-refused', ['params.max-tokens'], 'max_tokens is refused on a model that does not think.', {
    object: (body, where) =>
      where.kind === 'chat' && body.max_tokens !== undefined && JSON.stringify(body).includes('essay')
        ? bad('cap', 'max_tokens', 'Use max_completion_tokens.', 'unsupported_parameter')
        : undefined,
  }),
  must('max-completion-refused', ['params.max-completion-tokens'], 'max_completion_tokens is not known and refused.', {
    object: (body) => (body.max_completion_tokens === undefined ? undefined : bad('cap', 'max_completion_tokens', 'Use max_tokens.')),
  }),
  must(
    'cut-says-stop',
    ['params.length-finish'],
    'A plain reply cut by the cap finishes with stop.',
    chatJson(swap('"finish_reason":"length"', '"finish_reason":"stop"')),
  ),
  must('stop-ignored', ['params.stop'], 'stop does nothing.', {
    ask: (ask) => {
      ask.stops = []
    },
  }),
  must('stop-kept', ['params.stop'], 'The stop sequence stays in the content.', {
    said: (said, ask) => {
      if (ask.stops.length > 0 && said.finish === 'stop') said.text += ask.stops[0]
    },
  }),
  must('stop-says-length', ['params.stop'], 'A reply ended by a stop sequence finishes with length.', {
    said: (said, ask) => {
      if (ask.stops.length > 0) said.finish = 'length'
    },
  }),
  should('stop-prefix-leaks', ['params.stop.no-stream-leak'], 'A stream lets the start of the stop sequence through.', {
    said: (said, ask) => {
      if (ask.stream && ask.stops.length > 0) said.text += str(ask.stops[0]).slice(0, 3)
    },
  }),
  should('n-ignored', ['params.n'], 'n does nothing.', {
    ask: (ask) => {
      ask.n = 1
    },
  }),
  should(
    'temperature-unbounded',
    ['params.temperature', 'errors.status-class'],
    'Any temperature is accepted.',
    ruled('bounds', (failure) => (failure.param === 'temperature' ? undefined : failure)),
  ),
  should('prompt-count-drifts', ['usage.monotonic', 'usage.stream-parity'], 'The same prompt is counted differently each time.', {
    said: (said, _ask, where) => {
      said.promptTokens += where.serial % 7
    },
  }),
  should('prompt-count-streamed', ['usage.stream-parity'], 'A streamed prompt counts three tokens more.', {
    said: (said, ask) => {
      if (ask.stream) said.promptTokens += 3
    },
  }),
  should('tools-not-counted', ['usage.tools-counted'], 'Declared tools cost no tokens.', {
    said: (said, ask) => {
      for (const tool of ask.tools) said.promptTokens -= 8 + tokens(tool.source).length
    },
  }),
  should(
    'stream-options-anywhere',
    ['params.stream-options-needs-stream', 'errors.status-class'],
    'stream_options is accepted without stream.',
    ruled('stream-options', () => undefined),
  ),
]
