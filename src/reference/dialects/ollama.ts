import { onCall } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { idsOf, noNullUsage } from './parts.ts'
import { refusals } from './refusals.ts'
import { asSummary, effortsAs, offBy } from './thoughts.ts'

export const ollama: Dialect = {
  name: 'ollama',
  speaks: 'no key is asked for, ids are drawn from a thousand, calls come whole, and thoughts are in reasoning or in a summary',
  models: { 'qwen3:8b': 'thinking', 'llama3.2:3b': 'plain' },
  serves: ['chat', 'responses', 'messages'],
  bends: [
    onCall((call) => {
      call.key = 'unneeded'
      return undefined
    }),
    effortsAs({ max: 'xhigh' }),
    offBy((body) => body.reasoning?.effort === 'none'),
    like('reasoning-member'),
    ...asSummary,
    like('whole-calls'),
    noNullUsage,
    // drawn by lot there, all different here until the thousand is used up
    idsOf((count) => `chatcmpl-${(count * 577) % 999}`),
    refusals({
      path: { body: () => '404 page not found' },
      model: { error: { type: 'not_found_error', code: null } },
    }),
  ],
}
