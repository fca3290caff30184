import { type Dialect, like } from './dialect.ts'
import { comments } from './parts.ts'
import { refusals } from './refusals.ts'

export const openrouter: Dialect = {
  name: 'openrouter',
  speaks: 'codes of errors are numbers, comments tell that work goes on, and a failed stream finishes with error',
  models: { 'vendor/thinking-model': 'thinking', 'vendor/plain-model': 'plain', 'vendor/failing-model': 'plain' },
  serves: ['chat'],
  bends: [
    like('off-by-reasoning'),
    like('reasoning-details'),
    comments(': OPENROUTER PROCESSING'),
    refusals({
      key: { body: () => ({ error: { message: 'No auth credentials found', code: 401 } }) },
      model: {
        status: 400,
        body: ({ message }) => ({ error: { message: `${/'(.*?)'/.exec(message)?.[1]} is not a valid model ID`, code: 400 } }),
      },
      path: {},
      method: {},
      other: {},
      rest: { body: ({ message }, { status }) => ({ error: { message, code: status } }) },
    }),
  ],
  fails: {
    model: 'vendor/failing-model',
    as: (chunk) => ({
      ...chunk,
      error: { code: 503, message: 'The provider is overloaded.' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
    end: 'done',
  },
}
