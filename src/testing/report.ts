/** A run that has a little of everything, made by hand for the tests of `report` and `render`. */
import type {
  Catalog,
  Endpoint,
  Finding,
  Judgement,
  Level,
  Observation,
  Probe,
  ProbeJudgement,
  Requirement,
  Source,
  Suite,
  TranscriptFooter,
  TranscriptHeader,
  Verdict,
  Witness,
} from '../types.ts'

const openapi: Source = {
  title: 'OpenAI OpenAPI document',
  url: 'https://github.com/openai/openai-openapi',
  path: 'openapi.yaml#/components/schemas/ChatCompletionStreamOptions',
  quote: 'the `choices` field will always be an empty array',
}
const guide: Source = { title: 'OpenAI guide: error codes', url: 'https://platform.openai.com/docs/guides/error-codes#api-errors' }

export const sampleRequirement = (
  id: string,
  level: Level,
  capability: string | undefined,
  text: string,
  file: string,
  line: number,
  sources: readonly Source[] = [openapi],
): Requirement => ({
  id,
  level,
  text,
  sources,
  check: { id: 'shape', args: undefined },
  requires: [],
  origin: { file: `suites/${file}.yaml`, line },
  ...(capability !== undefined && { capability }),
})

export const sampleProbe = (
  id: string,
  capability: string,
  endpoint: Endpoint,
  expect: readonly string[] = [],
  more: Partial<Probe> = {},
): Probe => ({
  id,
  title: id,
  capability,
  attempts: 1,
  baseline: false,
  extra: false,
  requires: [],
  whole: [],
  steps: [{ endpoint, auth: 'target', headers: [], expect, capture: {}, read: {} }],
  origin: { file: 'suites/sample.yaml', line: 1 },
  ...more,
})

export const sampleJudged = (
  probe: string,
  title: string,
  capability: string,
  verdict: Verdict,
  requirements: Readonly<Record<string, Observation>> = {},
  more: Partial<ProbeJudgement> = {},
): ProbeJudgement => ({
  probe,
  title,
  capability,
  verdict,
  attempts: verdict === 'skipped' ? 0 : 1,
  requests: verdict === 'skipped' ? 0 : 1,
  durationMs: verdict === 'skipped' ? 0 : 120,
  requirements,
  findings: [],
  ...more,
})

export const sampleFinding = (
  id: string,
  requirement: string,
  level: Level,
  code: string,
  capability: string,
  witness: Partial<Witness> & Pick<Witness, 'probe' | 'at'>,
  more: Partial<Finding> = {},
): Finding => ({
  id,
  requirement,
  level,
  code,
  capability,
  witnesses: [{ attempt: 1, step: 0, excerpt: '', ...witness }],
  seen: 1,
  probes: [witness.probe],
  ...more,
})

const usageExcerpt =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1763000000,"model":"qwen3-8b","choices":[{"index":0,"delta":{},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":2,"total_tokens":16}}'
const markOf = (excerpt: string, member: string): readonly [number, number] => {
  const from = excerpt.indexOf(member)
  return [from, from + member.length]
}
const hostile = '{"error":"\u001b[31mno such model\u001b[0m | <img src=x> @everyone `rm` \u202eevil\u202c 日本語","code":404}'

const requirements = {
  models: [sampleRequirement('models.list', 'must', 'models', 'The list of models is an object with a `data` array.', 'models', 6)],
  errors: [
    sampleRequirement('errors.envelope', 'must', 'errors', 'A failure carries a JSON object with an `error` object inside.', 'errors', 9, [
      guide,
    ]),
    sampleRequirement(
      'errors.model-code',
      'should',
      'errors',
      'An unknown model is refused with the code `model_not_found`.',
      'errors',
      21,
      [guide],
    ),
  ],
  chat: [
    sampleRequirement('wire.shape', 'must', undefined, 'A successful answer has the documented shape of its endpoint.', 'chat', 5),
    sampleRequirement('chat.extra-members', 'may', 'chat', 'Members that nobody documented are reported.', 'chat', 14),
  ],
  'chat-stream': [
    sampleRequirement(
      'stream.usage-last',
      'must',
      'streaming.usage',
      'With include_usage, token counts arrive in exactly one chunk, the last one, beside an empty choices array.',
      'chat-stream',
      29,
    ),
    sampleRequirement(
      'stream.done-sentinel',
      'must',
      'streaming',
      'A stream ends with one event whose data is exactly `[DONE]`.',
      'chat-stream',
      12,
    ),
  ],
  'chat-params': [sampleRequirement('params.stop', 'must', 'chat.params', 'The text ends before a stop string.', 'chat-params', 8)],
  responses: [sampleRequirement('responses.object', 'must', 'responses', 'The answer is an object of type `response`.', 'responses', 7)],
} satisfies Record<string, Requirement[]>

const chat: Endpoint = 'POST /chat/completions'

const probes: Record<keyof typeof requirements, readonly Probe[]> = {
  models: [sampleProbe('models/list', 'models', 'GET /models', ['models.list'])],
  errors: [
    sampleProbe('errors/unknown-model', 'errors', chat, ['errors.envelope', 'errors.model-code']),
    ...['missing-messages', 'plain-text', 'cut-json', 'list-body', 'unknown-path', 'messages-string', 'messages-empty'].map((name) =>
      sampleProbe(`errors/${name}`, 'errors', chat, ['errors.envelope']),
    ),
    sampleProbe('errors/wrong-key', 'auth', chat, ['errors.envelope'], { requires: ['key'] }),
  ],
  chat: [sampleProbe('chat/prompt', 'chat', chat, ['wire.shape'])],
  'chat-stream': [
    sampleProbe('chat-stream/text', 'streaming', chat, ['stream.done-sentinel', 'wire.shape']),
    sampleProbe('chat-stream/usage', 'streaming.usage', chat, ['stream.usage-last', 'wire.shape']),
  ],
  'chat-params': [
    sampleProbe('chat-params/stop', 'chat.params', chat, ['params.stop']),
    sampleProbe('chat-params/logprobs', 'logprobs', chat, ['wire.shape']),
  ],
  responses: [
    sampleProbe('responses/text', 'responses', 'POST /responses', ['responses.object']),
    sampleProbe('responses/stream', 'responses.streaming', 'POST /responses', ['wire.shape']),
  ],
}

export const sampleSuites: readonly Suite[] = (Object.keys(requirements) as (keyof typeof requirements)[]).map((id) => ({
  id,
  title: id,
  file: `suites/${id}.yaml`,
  digest: `sha256:${'0'.repeat(64)}`,
  requirements: requirements[id],
  probes: probes[id],
}))

export const sampleCatalog: Catalog = {
  edition: '2026.1',
  capabilities: [
    ...['models', 'auth', 'errors', 'chat', 'chat.params', 'logprobs', 'streaming', 'streaming.usage'],
    ...['responses', 'responses.streaming', 'vision', 'audio'],
  ].map((id) => ({ id, title: id, question: `Does ${id} work?` })),
  profiles: [
    {
      id: 'chat',
      title: 'Chat',
      core: ['models', 'chat', 'streaming', 'errors'],
      extended: ['streaming.usage', 'chat.params', 'logprobs', 'vision'],
    },
    { id: 'responses', title: 'Responses', core: ['responses', 'responses.streaming', 'errors'], extended: [] },
  ],
  endpoints: [],
  observations: [
    {
      id: 'unknown-model',
      title: 'Answer to an unknown model',
      question: 'What happens when a model is asked for that does not exist?',
      values: { 'not-found': 'It is 404.', served: 'Another model answers. A misspelt name in a configuration goes unnoticed.' },
    },
    {
      id: 'stream-usage-default',
      title: 'Usage in streams by default',
      question: 'Do streams tell token counts when nobody asked for them?',
      values: {
        always: 'Always.',
        'when-asked': 'Only with `stream_options: { include_usage: true }`, which most clients send of their own accord or on request.',
      },
    },
  ],
}

export const sampleHeader: TranscriptHeader = {
  kind: 'header',
  format: 1,
  tool: '0.1.0',
  target: { name: 'acme', url: 'http://localhost:8080/v1', models: { chat: 'qwen3-8b' }, declares: [], insecure: false, simulated: false },
  suites: Object.fromEntries(sampleSuites.map(({ id, digest }) => [id, digest])),
  plan: sampleSuites.flatMap((suite) => suite.probes.map(({ id }) => id)),
  startedAt: '2026-11-20T23:13:27Z',
}

export const sampleFooter: TranscriptFooter = {
  kind: 'footer',
  exchanges: 17,
  durationMs: 8123,
  skipped: { 'errors/wrong-key': 'the target needs no key' },
}

const held = (...ids: readonly string[]): Record<string, Observation> => Object.fromEntries(ids.map((id) => [id, 'held']))

const plainErrors = [
  ['missing-messages', 'a request without messages is refused'],
  ['plain-text', 'a body that is not labelled as JSON is refused'],
  ['cut-json', 'half a JSON text is refused'],
  ['list-body', 'a list in place of an object is refused'],
  ['unknown-path', 'an unknown path is refused'],
  ['messages-string', 'messages as a string are refused'],
  ['messages-empty', 'an empty list of messages is refused'],
] as const

export const sampleJudgement: Judgement = {
  probes: [
    sampleJudged('models/list', 'the list of models has its shape', 'models', 'pass', held('models.list')),
    sampleJudged(
      'errors/unknown-model',
      'an unknown model is refused',
      'errors',
      'fail',
      { 'errors.envelope': 'violated', 'errors.model-code': 'violated' },
      { findings: ['0b5c22d1', 'c41d9e07'] },
    ),
    ...plainErrors.map(([name, title]) => sampleJudged(`errors/${name}`, title, 'errors', 'pass', held('errors.envelope'))),
    sampleJudged('errors/wrong-key', 'a wrong key is refused', 'auth', 'skipped', {}, { reason: 'the target needs no key' }),
    sampleJudged('chat/prompt', 'every role and part of a message reaches the model', 'chat', 'pass', held('wire.shape')),
    sampleJudged(
      'chat-stream/text',
      'text arrives in chunks and the stream ends',
      'streaming',
      'pass',
      held('stream.done-sentinel', 'wire.shape'),
    ),
    sampleJudged(
      'chat-stream/usage',
      'usage arrives once, last, beside empty choices',
      'streaming.usage',
      'fail',
      { 'stream.usage-last': 'violated', 'wire.shape': 'held' },
      { findings: ['7c1e90aa'] },
    ),
    sampleJudged(
      'chat-params/stop',
      'a stop string ends the text',
      'chat.params',
      'inconclusive',
      { 'params.stop': 'unobserved' },
      { attempts: 3, requests: 3, reason: 'the model never produced the stop string' },
    ),
    sampleJudged(
      'chat-params/logprobs',
      'log probabilities are complete',
      'logprobs',
      'unsupported',
      {},
      { reason: 'refused: 400 logprobs is not supported by this model' },
    ),
    sampleJudged(
      'responses/text',
      'a plain response has its shape',
      'responses',
      'unsupported',
      {},
      { reason: 'POST /responses is absent: answered 404' },
    ),
    sampleJudged(
      'responses/stream',
      'response events follow their grammar',
      'responses.streaming',
      'unsupported',
      {},
      { reason: 'POST /responses is absent: answered 404', requests: 0, attempts: 0, durationMs: 0 },
    ),
  ],
  requirements: [
    { id: 'models.list', level: 'must', capability: 'models', observation: 'held', judged: 1, findings: [] },
    { id: 'errors.envelope', level: 'must', capability: 'errors', observation: 'violated', judged: 8, findings: ['0b5c22d1'] },
    { id: 'errors.model-code', level: 'should', capability: 'errors', observation: 'violated', judged: 1, findings: ['c41d9e07'] },
    { id: 'wire.shape', level: 'must', observation: 'held', judged: 5, findings: [] },
    { id: 'chat.extra-members', level: 'may', capability: 'chat', observation: 'held', judged: 5, findings: ['e0177a3b'] },
    { id: 'stream.usage-last', level: 'must', capability: 'streaming.usage', observation: 'violated', judged: 2, findings: ['7c1e90aa'] },
    { id: 'stream.done-sentinel', level: 'must', capability: 'streaming', observation: 'held', judged: 2, findings: [] },
    { id: 'params.stop', level: 'must', capability: 'chat.params', observation: 'unobserved', judged: 0, findings: [] },
    { id: 'responses.object', level: 'must', capability: 'responses', observation: 'unobserved', judged: 0, findings: [] },
  ],
  findings: [
    sampleFinding(
      '7c1e90aa',
      'stream.usage-last',
      'must',
      'choices-not-empty',
      'streaming.usage',
      {
        probe: 'chat-stream/usage',
        at: { in: 'event', index: 5, bytes: [775, 1003], pointer: '/choices' },
        excerpt: usageExcerpt,
        mark: markOf(usageExcerpt, '[{"index":0,"delta":{},"finish_reason":null}]'),
      },
      { expected: '[]', actual: 'array of 1', seen: 3 },
    ),
    sampleFinding(
      '0b5c22d1',
      'errors.envelope',
      'must',
      'type',
      'errors',
      {
        probe: 'errors/unknown-model',
        at: { in: 'body', pointer: '/error' },
        excerpt: hostile,
        mark: markOf(hostile, hostile.slice(9, -12)),
      },
      { expected: 'object', actual: 'string' },
    ),
    sampleFinding(
      'c41d9e07',
      'errors.model-code',
      'should',
      'missing',
      'errors',
      { probe: 'errors/unknown-model', at: { in: 'status' } },
      { expected: '"model_not_found"', actual: 'nothing' },
    ),
    sampleFinding(
      'e0177a3b',
      'chat.extra-members',
      'may',
      'undocumented',
      'chat',
      { probe: 'chat/prompt', at: { in: 'completion', pointer: '/timings' } },
      { actual: 'an object', seen: 5 },
    ),
  ],
  traits: [{ name: 'chat', how: 'POST /chat/completions was answered 200' }],
  endpoints: [
    { endpoint: 'GET /models', presence: 'answered' },
    { endpoint: chat, presence: 'answered' },
    { endpoint: 'POST /responses', presence: 'absent', reason: 'answered 404' },
  ],
  observations: [
    { id: 'unknown-model', value: 'not-found', probes: ['errors/unknown-model'] },
    { id: 'stream-usage-default', value: 'when-asked', probes: ['chat-stream/text', 'chat-stream/usage'] },
  ],
  harness: [],
  usage: { requests: 17, inputTokens: 1204, outputTokens: 380 },
}

/** The argument of `buildReport`, whole. */
export const sampleInput = {
  version: '0.1.0',
  judgement: sampleJudgement,
  header: sampleHeader,
  footer: sampleFooter,
  suites: sampleSuites,
  catalog: sampleCatalog,
  reportFile: 'wirecheck-out/report.json',
  transcript: 'wirecheck-out/transcript.jsonl',
  reach: ['--base-url', 'http://localhost:8080/v1', '--model', 'qwen3-8b'],
}

/** The same target with nothing wrong. */
export const cleanJudgement: Judgement = {
  ...sampleJudgement,
  probes: sampleJudgement.probes.map((probe) =>
    probe.verdict === 'skipped' || probe.verdict === 'unsupported'
      ? probe
      : {
          probe: probe.probe,
          title: probe.title,
          capability: probe.capability,
          verdict: 'pass',
          attempts: 1,
          requests: 1,
          durationMs: 120,
          requirements: Object.fromEntries(Object.keys(probe.requirements).map((id) => [id, 'held' as const])),
          findings: [],
        },
  ),
  requirements: sampleJudgement.requirements.map((each) => ({
    ...each,
    findings: [],
    ...(each.observation === 'violated' && { observation: 'held' as const }),
  })),
  findings: [],
}
