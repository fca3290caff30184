import type { Dialect } from './dialect.ts'
import { responsesOnly } from './parts.ts'

/** Ids are exact, case and version suffix included. */
export const gravitex: Dialect = {
  name: 'gravitex',
  speaks: 'a gateway with both endpoints, some of whose models answer on Responses only',
  models: {
    'gpt-5.1-codex': 'plain',
    'gpt-5.2-codex': 'plain',
    'gpt-5.5': 'plain',
    'claude-sonnet-4-5-20250929': 'plain',
  },
  serves: ['chat', 'responses'],
  bends: [responsesOnly('gpt-5.1-codex', 'gpt-5.2-codex')],
}
