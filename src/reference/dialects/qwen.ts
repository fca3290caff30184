import { onChatRequest, onEntry, onToolDelta } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { type Dialect, like } from './dialect.ts'
import { forModels } from './parts.ts'
import { refusals } from './refusals.ts'

export const qwen: Dialect = {
  name: 'qwen',
  speaks: 'open models think in streams only, later deltas of a call have an empty id, and errors bring the id of the request',
  models: { 'qwen3-max': 'thinking', 'qwen3-235b-a22b-thinking': 'thinking' },
  serves: ['chat'],
  bends: [
    like('off-by-enable-thinking'),
    forModels(
      ['qwen3-235b-a22b-thinking'],
      onChatRequest((body) =>
        body.stream === true ? undefined : errorAnswer('This model only supports stream mode.', { param: 'stream' }),
      ),
    ),
    onEntry((entry, _, index) => {
      if (index === 1) delete entry.finish_reason
    }),
    onToolDelta((delta, isHead) => {
      if (!isHead) delta.id = ''
    }),
    refusals({
      parameter: {
        body: ({ message, type }) => ({
          error: { code: 'invalid_parameter_error', param: null, message, type },
          request_id: '9e8d7c6b-5a49-3827-1605-f4e3d2c1b0a9',
        }),
      },
    }),
  ],
}
