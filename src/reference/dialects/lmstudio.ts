import { type Dialect, like } from './dialect.ts'
import { refusals } from './refusals.ts'

export const lmstudio: Dialect = {
  name: 'lmstudio',
  speaks: 'an unknown path is answered 200 with an error in words, and thoughts are in reasoning',
  models: { 'openai/gpt-oss-20b': 'thinking' },
  serves: ['chat', 'responses', 'messages'],
  bends: [
    like('reasoning-member'),
    refusals({
      path: {
        status: 200,
        body: ({ message }) => ({ error: message.replace(/^Invalid URL/, 'Unexpected endpoint or method.') }),
      },
    }),
  ],
}
