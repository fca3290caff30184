import { describe, expect, test } from 'vitest'
import { clientIds } from './clients/client-ids.ts'
import { faults } from './reference/faults.ts'
import { runWithClients } from './testing/client-runs.ts'

/** Failures of clients that no finding on the same exchange explains, and why that is left so. */
const unexplained: Readonly<Record<string, string>> = {
  'reasoning-object': 'the shape of thoughts is judged where thoughts are asked for, while the AI SDK validates them in every answer',
  'responses-error-on-success': 'that `error` is null on success is judged on streams, while the AI SDK stumbles over it in every answer',
}

/** Faults from all over the list, most of which break at least one client. */
const sample = [
  ...[
    'missing-blank-line',
    'half-terminated-last-event',
    'json-lines',
    'null-event',
    'double-encoded-event',
    'truncated',
    'data-prefix-twice',
  ],
  ...['cut-after-last-event', 'connection-held-open', 'empty-data-keep-alive', 'usage-string', 'stream-ignored', 'chunk-created-string'],
  ...['choices-null', 'chunk-choices-missing', 'delta-array', 'message-for-delta', 'role-empty', 'role-wrong', 'delta-content-array'],
  ...[
    'finish-missing',
    'stream-finish-unknown',
    'done-lower-case',
    'done-object',
    'stream-empty',
    'stream-only-done',
    'error-mid-stream-text',
  ],
  ...['tool-id-repeated', 'tool-name-prefixed', 'tool-markup-leak', 'tool-index-missing', 'tool-index-reused', 'tool-stream-id-missing'],
  ...['tool-stream-name-split', 'tool-stream-arguments-object', 'tool-arguments-cumulative', 'tool-arguments-braces-first'],
  ...['tool-stream-legacy', 'responses-usage-chat-names', 'reasoning-object', 'responses-error-on-success'],
] as const

describe('the correct endpoint', () => {
  test('works with every client', async () => {
    const { clients } = await runWithClients(clientIds)
    expect(clients.map(({ client, result, troubles }) => [client, result, troubles.map(({ symptom }) => symptom)])).toEqual(
      clientIds.map((id) => [id, 'works', []]),
    )
  })

  test('works with OpenCode where the model thinks', async () => {
    const { clients } = await runWithClients(['opencode-1.18'], { model: 'reference-thinking' })
    expect(clients.map(({ result, apis }) => [result, apis.chat])).toEqual([['works', 'works']])
  })
})

/** What a coding agent sends is streamed; the baselines come along. */
const streams = ['chat-stream/count', 'chat-tools/round-trip*', 'chat-tools/parallel', 'responses-stream/text', 'responses-tools/stream']

describe('what breaks a client is among the findings', () => {
  test('the sample consists of faults', () => {
    const names = new Set(faults.map(({ name }) => name))
    expect(sample.filter((name) => !names.has(name))).toEqual([])
  })

  test.concurrent.each(sample)('%s', async (name) => {
    const { clients } = await runWithClients(
      clientIds,
      faults.find((fault) => fault.name === name),
      name in unexplained ? [] : streams,
    )
    const silent = clients.filter((client) => client.unexplained > 0).map(({ client }) => client)
    expect(name in unexplained ? silent.length > 0 : silent).toEqual(name in unexplained ? true : [])
  })
})
