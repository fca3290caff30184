import { refusesChat } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { forModels } from './parts.ts'

export const gateway: Dialect = {
  name: 'gateway',
  speaks: 'what works depends on the upstream behind a model; some do neither stream nor call tools, and some fail after the first words',
  models: { 'upstream-full': 'plain', 'upstream-plain': 'plain', 'upstream-failing': 'plain' },
  serves: ['chat'],
  bends: [
    like('busy-once'),
    forModels(
      ['upstream-plain'],
      refusesChat((body) => body.stream === true, 'stream'),
    ),
    forModels(
      ['upstream-plain'],
      refusesChat((body) => Array.isArray(body.tools), 'tools'),
    ),
  ],
  fails: {
    model: 'upstream-failing',
    as: () => ({ error: { message: 'The upstream is unavailable.', type: 'server_error', param: null, code: null } }),
    end: 'nothing',
  },
}
