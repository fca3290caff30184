import { onChatEvents } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { refusals } from './refusals.ts'

export const vllm: Dialect = {
  name: 'vllm',
  speaks: 'thoughts are in reasoning, and errors have types and codes of their own',
  models: { 'qwen2-coder-32b': 'plain', 'qwen3-32b': 'thinking', 'failing-32b': 'plain' },
  serves: ['chat', 'messages'],
  bends: [
    like('reasoning-member'),
    onChatEvents((events, { json }) => {
      const usage = events.find(({ data }) => data.usage)?.data.usage
      if (json?.stream_options?.continuous_usage_stats === true) for (const { data } of events) if (data.choices) data.usage = usage
      return undefined
    }),
    refusals({
      key: { body: () => ({ error: 'Unauthorized' }) },
      path: { error: { message: 'Not Found', type: 'Not Found', code: 404 } },
      model: { error: { type: 'NotFoundError', code: 404 } },
      parameter: { error: { type: 'Bad Request' } },
    }),
  ],
  fails: {
    model: 'failing-32b',
    as: () => ({ error: { message: 'The engine is overloaded.', type: 'InternalServerError', param: null, code: 503 } }),
    end: 'done',
  },
}
