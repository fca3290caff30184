import { finishAt, onChatEvents } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { createdPerChunk } from './parts.ts'
import { type Form, refusals } from './refusals.ts'

const flat: Form = {
  body: ({ message, type, param }, { status }) => ({ object: 'error', message, type, param, code: status }),
}

export const sglang: Dialect = {
  name: 'sglang',
  speaks: 'errors are flat, every chunk has its own time, and a chunk without choices tells more behind the finish',
  models: { 'qwen3-8b': 'thinking', 'llama-3.1-8b': 'plain', 'failing-8b': 'plain' },
  serves: ['chat'],
  bends: [
    like('off-by-chat-template-kwargs'),
    like('empty-content-beside-calls'),
    createdPerChunk,
    onChatEvents((events) => {
      const at = finishAt(events)
      const finish = events[at]
      const more = { ...finish?.data, choices: [], sglext: { cached_tokens_details: null } }
      return finish?.data.choices ? events.toSpliced(at + 1, 0, { data: more }) : undefined
    }),
    refusals({ key: {}, path: {}, method: {}, rest: flat }),
  ],
  fails: {
    model: 'failing-8b',
    as: () => ({ error: { object: 'error', message: 'The server is overloaded.', type: 'InternalServerError', param: null, code: 503 } }),
    end: 'done',
  },
}
