import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import type { Connection, End } from '../types.ts'
import { keepAlive } from './keep-alive.ts'

const views = (connections: readonly (Connection | undefined)[], end: End = 'complete') =>
  connections.map((connection, step) =>
    json('POST /chat/completions', {}, { step, end, ...(connection && { connection }) }),
  ) as unknown as Parameters<typeof judged>[1]

test.each([
  ['kept', ['first', 'kept', 'kept'], ['held']],
  ['closed as announced', ['first', 'closed', 'closed'], ['held']],
  ['closed without notice', ['first', 'dropped', 'kept'], ['dropped']],
  ['each time', ['first', 'dropped', 'dropped'], ['dropped', 'dropped']],
  ['one request', ['first'], ['unobserved']],
  ['behind a proxy', [undefined, undefined], ['unobserved']],
] as const)('%s', (_, connections, expected) => expect(judged(keepAlive, views(connections))).toEqual(expected))

test('an answer that was not read to its end may have been closed by us', () =>
  expect(judged(keepAlive, views(['first', 'dropped'], 'timeout'))).toEqual(['unobserved']))
