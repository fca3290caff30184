import { expect, test } from 'vitest'
import { type ReferenceOptions, startReference } from './reference/server.ts'
import { accusations, type RunOptions, runAgainst } from './testing/run.ts'

/**
 * Servers that keep every rule, in forms that are easily taken for a fault: what a model says, how long it takes and what
 * a server declines are never held against it. An accusation here is a false finding.
 */

const secret = 'sk-reference-123456'

const accused = async (server: ReferenceOptions, run: Partial<RunOptions> = {}): Promise<string[]> => {
  const reference = await startReference(server)
  try {
    const report = await runAgainst({
      baseUrl: reference.url,
      model: server.models?.[0] ?? 'reference',
      ...(server.key ? { key: server.key } : {}),
      ...run,
    })
    expect(report.harness).toEqual([])
    return accusations(report)
  } finally {
    await reference.close()
  }
}

const seeds = Array.from({ length: 12 }, (_, seed) => seed + 1)

test.each(['reference-random', 'reference-random-thinking'])('%s', async (kind) => {
  const found: Record<string, string[]> = {}
  for (const seed of seeds) {
    const model = `${kind}-${seed}`
    const lines = await accused({ key: secret, models: [model] })
    if (lines.length > 0) found[model] = lines
  }
  expect(found).toEqual({})
})

/** The forms in which several open-source servers answer, all at once. */
const alike: Readonly<Record<string, readonly string[]>> = {
  'llama.cpp': ['timings', 'lone-pings', 'null-content-first', 'model-file', 'indexed-calls'],
  vllm: ['vllm-members', 'null-usage-details', 'number-stop-reason', 'reasoning-member', 'named-choice-stops'],
  sglang: ['empty-content-beside-calls', 'number-stop-reason', 'grouped-tokens', 'bare-uuid-ids', 'null-usage-details'],
  ollama: ['whole-calls', 'finish-with-empty-content', 'reasoning-member', 'bare-members', 'model-file'],
  gateway: [
    'waiting-comments',
    'waiting-blank-lines',
    'odd-ids',
    'dated-model',
    'done-after-responses',
    'extra-members',
    'reasoning-details',
  ],
}

test.each(Object.entries(alike))('noise behind a server like %s', async (_, faults) => {
  expect(await accused({ key: secret, models: ['reference-random-77'], faults })).toEqual([])
  // thoughts that are shown and not counted are a miss, though half the servers do so
  const uncounted = faults.includes('null-usage-details') ? ['should usage.reasoning missing'] : []
  expect(await accused({ key: secret, models: ['reference-random-thinking-77'], faults })).toEqual(uncounted)
})

/** What is right to be told of, and nothing beside it. */
const told: Readonly<Record<string, readonly string[]>> = {
  'request-id-missing': ['should transport.request-id missing'],
  '422-for-400': ['should errors.status-400-not-422 unprocessable'],
}

test.each(Object.entries(told))('%s', async (name, lines) => expect(await accused({ key: secret, faults: [name] })).toEqual(lines))

test('a key that nobody asked for', async () => expect(await accused({}, { key: secret })).toEqual([]))

test('a model that takes its time', async () => {
  const run = { selectors: ['chat-stream', 'responses-stream'], key: secret }
  expect(await accused({ key: secret, latencyMs: 2000, tokensPerSecond: 300, faults: ['waiting-comments'] }, run)).toEqual([])
})
