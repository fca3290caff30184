import { onEntry } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { forModels } from './parts.ts'
import { type Form, refusals } from './refusals.ts'
import { alwaysThinks, inDetails, inTags } from './thoughts.ts'

const form = (type: string, code: number): Form => ({
  body: ({ message }, { status }) => ({
    type: 'error',
    error: { type, message: `${message} (${code})`, http_code: String(status) },
    request_id: '05a1b2c3d4e5f60718293a4b5c6d7e8f',
  }),
})

export const minimax: Dialect = {
  name: 'minimax',
  speaks: 'thoughts stand between tags in the text unless a request wants them apart, and every delta has a role',
  models: { 'MiniMax-M2': 'thinking', 'MiniMax-M3': 'thinking' },
  serves: ['chat'],
  bends: [
    forModels(['MiniMax-M2'], alwaysThinks),
    forModels(['MiniMax-M3'], like('off-by-thinking')),
    inTags(({ sent }) => sent?.reasoning_split !== true),
    inDetails,
    onEntry((entry, _, index) => {
      if (index > 0) entry.delta.role = ''
    }),
    refusals({ key: form('authorized_error', 1004), model: { status: 400, ...form('bad_request_error', 2013) } }),
  ],
}
