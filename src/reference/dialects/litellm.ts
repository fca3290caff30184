import { onToolDelta } from '../faults/stages.ts'
import type { Dialect } from './dialect.ts'
import { refusals } from './refusals.ts'

export const litellm: Dialect = {
  name: 'litellm',
  speaks: 'an unknown model is told with None for words and a number in a string, and streamed calls may be counted from one',
  models: { 'gateway-model': 'plain' },
  serves: ['chat'],
  bends: [
    onToolDelta((delta) => {
      delta.index += 1
    }),
    refusals({ model: { status: 400, error: { type: 'None', param: 'None', code: '400' } } }),
  ],
}
