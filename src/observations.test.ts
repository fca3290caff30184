import { beforeAll, describe, expect, test } from 'vitest'
import { loadBuiltins } from './builtin/load.ts'
import { observers } from './observe/index.ts'
import { faults } from './reference/faults.ts'
import { startReference } from './reference/server.ts'
import { findVariant } from './reference/variants.ts'
import { pooled } from './testing/fault-runs.ts'
import { accusations, runAgainst } from './testing/run.ts'
import type { Report } from './types.ts'

const { catalog, suites } = loadBuiltins()
const rules = new Map(catalog.observations.map((rule) => [rule.id, rule]))

/** The probes that show an observation, where a part of the plan is enough. */
const shownBy: Readonly<Record<string, readonly string[]>> = {
  'reasoning-history': ['chat/prompt', 'observations'],
  'reasoning-history-key': ['chat/prompt', 'observations'],
  'reasoning-carrier': ['chat/prompt', 'chat-reasoning/puzzle', 'chat-reasoning/returned'],
  'reasoning-off': ['chat/prompt', 'chat-reasoning'],
  'max-tokens-field': ['chat/prompt', 'chat-params/essay'],
  'named-choice-finish': ['chat-tools/named'],
  'tool-id-style': ['chat-tools/named'],
  'foreign-ids': ['chat-tools/history', 'chat-tools/parallel-results'],
  'empty-tool-id': ['chat-tools/round-trip', 'opencode/empty-ids'],
  'empty-choices': ['chat-stream'],
  'stream-usage-default': ['chat-stream', 'chat-params/essay'],
  'absent-delta-members': ['chat-stream'],
  'tool-result-images': ['chat-tools/parallel-results', 'observations'],
  'system-messages': ['chat/placement', 'observations'],
  'unknown-model': ['models', 'errors/unknown-model'],
  'unknown-member': ['errors/unknown-param'],
  'models-list-window': ['models'],
  'error-envelope-dialect': ['errors', 'auth'],
  'stored-responses': ['responses/text', 'responses/store'],
  'responses-done': ['responses-stream'],
  'sse-form': ['chat-stream'],
}

/** By which bend of the reference endpoint each value comes; '' is the endpoint as it is. */
const bends: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'reasoning-history': { optional: '', required: 'reasoning-must-return', forbidden: 'reasoning-must-not-return' },
  'reasoning-history-key': {
    any: '',
    reasoning_content: 'reasoning-must-return',
    reasoning: 'reasoning-returns-by-name',
    none: 'reasoning-must-not-return',
  },
  'reasoning-carrier': {
    reasoning_content: '',
    reasoning: 'reasoning-member',
    both: 'reasoning-both-members',
    reasoning_details: 'reasoning-details',
    'think-tags': 'think-tags-in-content',
    'typed-parts': 'reasoning-in-parts',
    other: 'reasoning-own-name',
    hidden: 'hidden-reasoning',
  },
  'reasoning-off': {
    several: '',
    reasoning_effort: 'off-by-reasoning-effort',
    thinking: 'off-by-thinking',
    enable_thinking: 'off-by-enable-thinking',
    chat_template_kwargs: 'off-by-chat-template-kwargs',
    reasoning: 'off-by-reasoning',
    none: 'off-switch-ignored',
  },
  'max-tokens-field': { both: '', max_tokens: 'max-completion-tokens-ignored', max_completion_tokens: 'max-tokens-refused' },
  'named-choice-finish': { tool_calls: '', stop: 'named-choice-stops' },
  'tool-id-style': {
    call: '',
    'chatcmpl-tool': 'chatcmpl-tool-ids',
    toolu: 'toolu-ids',
    'nine-alphanumeric': 'nine-letter-ids',
    functions: 'uuid-tool-ids',
    uuid: 'dashed-uuid-ids',
    other: 'odd-ids',
  },
  'foreign-ids': { accepted: '', refused: 'nine-letter-ids' },
  'empty-tool-id': { accepted: '', refused: 'nine-letter-ids' },
  'empty-choices': {
    'own-chunk': '',
    'finish-chunk': 'usage-on-finish',
    'every-chunk': 'usage-on-every-chunk',
    none: 'include-usage-ignored',
  },
  'stream-usage-default': { 'when-asked': '', always: 'usage-unasked', never: 'include-usage-ignored' },
  'absent-delta-members': { empty: '', null: 'null-content-first', omitted: 'opening-without-content' },
  'tool-result-images': { refused: '', accepted: 'tool-images-taken' },
  'system-messages': { anywhere: '', several: 'late-system-refused', 'one-first': 'second-system-refused' },
  'unknown-model': { 'not-found': '', 'bad-request': 'unknown-model-400', served: 'any-model' },
  'unknown-member': { accepted: '', refused: 'unknown-param-refused' },
  'models-list-window': {
    context_length: '',
    max_model_len: 'window-as-max-model-len',
    context_window: 'window-as-context-window',
    max_context_length: 'window-as-max-context-length',
    max_input_tokens: 'window-as-max-input-tokens',
    'meta.n_ctx': 'window-as-meta-n-ctx',
    'meta.n_ctx_train': 'window-as-meta-n-ctx-train',
    none: 'list-without-window',
  },
  'error-envelope-dialect': {
    openai: '',
    anthropic: 'error-type-outside',
    flat: 'error-flat',
    string: 'error-string',
    detail: 'error-detail',
    list: 'error-array',
    text: 'error-plain-text',
    mixed: 'key-error-string',
  },
  'stored-responses': { kept: '', refused: 'stateless-responses' },
  'responses-done': { absent: '', sent: 'done-after-responses' },
  'sse-form': { plain: '', 'no-space': 'no-space-after-colon', crlf: 'crlf', fields: 'id-lines', several: 'crlf-and-ids' },
}

const rows = Object.entries(bends).flatMap(([id, values]) => Object.entries(values).map(([value, bend]) => ({ id, value, bend })))
const key = 'sk-reference-123456'

const run = async ({ id, bend }: (typeof rows)[number]): Promise<Report> => {
  const server = await startReference({ key, faults: bend === '' ? [] : [bend] })
  try {
    const model = id.startsWith('reasoning-') ? 'reference-thinking' : 'reference'
    return await runAgainst({ baseUrl: server.url, model, key, selectors: shownBy[id] ?? [] })
  } finally {
    await server.close()
  }
}

test('every rule has an observer, and every observer a rule', () => {
  expect([...rules.keys()].sort()).toEqual([...observers.keys()].sort())
})

test('rules name probes that exist', () => {
  const names = new Set(suites.flatMap(({ probes }) => probes.map(({ id }) => id.replace(/\[.*$/, ''))))
  expect(catalog.observations.flatMap(({ from }) => from ?? []).filter((name) => !names.has(name))).toEqual([])
})

test('questions are questions, and meanings sentences', () => {
  expect(catalog.observations.filter(({ question }) => !/^[A-Z].*[?]$/.test(question)).map(({ id }) => id)).toEqual([])
  const meanings = catalog.observations.flatMap(({ id, values }) =>
    Object.entries(values).map(([value, text]) => [`${id} ${value}`, text] as const),
  )
  expect(meanings.filter(([, text]) => !/^[A-Z`].*[.]$/s.test(text.trim())).map(([name]) => name)).toEqual([])
})

test('every value of the catalogue is shown by a bend, and none besides', () => {
  const owed = catalog.observations.flatMap(({ id, values }) => Object.keys(values).map((value) => `${id} ${value}`))
  expect(rows.map(({ id, value }) => `${id} ${value}`).sort()).toEqual(owed.sort())
})

describe('values', () => {
  let reports: readonly Report[]
  beforeAll(async () => {
    reports = await pooled(rows, run, 6)
  }, 300_000)
  test.each(rows.map((row, index) => ({ ...row, index })))('$id $value: $bend', ({ id, value, bend, index }) => {
    const report = reports[index] as Report
    expect(report.harness).toEqual([])
    expect(report.observations.find((each) => each.id === id)?.value).toBe(value)
    if (bend === '' || findVariant(bend)) expect(accusations(report)).toEqual([])
    else expect(faults.map(({ name }) => name)).toContain(bend)
  })
})
