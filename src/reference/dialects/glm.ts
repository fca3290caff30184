import { onChatEvents } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { refusals } from './refusals.ts'

const { events: whole } = like('whole-calls')

export const glm: Dialect = {
  name: 'glm',
  speaks: 'errors have numbers for codes, an unknown path is told by a web framework, and a stream may begin without choices',
  models: { 'glm-4.7': 'thinking' },
  base: '/api/paas/v4',
  serves: ['chat'],
  bends: [
    like('off-by-thinking'),
    { events: (events, call, kind) => (call.sent?.tool_stream === true ? undefined : whole?.(events, call, kind)) },
    onChatEvents((events) => [{ data: { ...events[0]?.data, choices: null } }, ...events]),
    refusals({
      key: { body: ({ message }) => ({ error: { code: '401', message } }) },
      path: { body: (_, { status }) => ({ timestamp: '2026-01-01T00:00:00.000+00:00', status, error: 'Not Found', path: '/' }) },
      model: { status: 400, error: { code: '1211' } },
    }),
  ],
}
