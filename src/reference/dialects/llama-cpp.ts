import { type Dialect, like } from './dialect.ts'
import { createdPerChunk, noNullUsage } from './parts.ts'
import { refusals } from './refusals.ts'
import { inTags } from './thoughts.ts'

export const llamaCpp: Dialect = {
  name: 'llama.cpp',
  speaks: 'one model answers to every name, codes of errors are numbers, and every chunk has its own time',
  models: { 'qwen3-8b-q4_k_m.gguf': 'thinking' },
  maps: () => 'qwen3-8b-q4_k_m.gguf',
  serves: ['chat', 'messages'],
  bends: [
    like('off-by-chat-template-kwargs'),
    inTags(({ sent }) => sent?.reasoning_format === 'none'),
    like('null-content-first'),
    like('timings'),
    like('lone-pings'),
    createdPerChunk,
    noNullUsage,
    refusals({
      key: { error: { type: 'authentication_error', code: 401 } },
      path: { error: { message: 'File Not Found', type: 'not_found_error' } },
      overflow: { error: { type: 'exceed_context_size_error' } },
    }),
  ],
  fails: {
    model: 'failing',
    as: () => ({ error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }),
    end: 'nothing',
  },
}
