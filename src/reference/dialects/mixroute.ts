import type { Dialect } from './dialect.ts'
import { responsesOnly } from './parts.ts'

export const mixroute: Dialect = {
  name: 'mixroute',
  speaks: 'a gateway with both endpoints, whose models for code and for reasoning answer on Responses only',
  models: {
    'gpt-5.1-codex': 'plain',
    o3: 'thinking',
    'o4-mini': 'thinking',
    'gpt-4o': 'plain',
  },
  serves: ['chat', 'responses'],
  bends: [responsesOnly('gpt-5.1-codex', 'o3', 'o4-mini')],
}
