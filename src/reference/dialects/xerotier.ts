import { onChatRequest } from '../faults/stages.ts'
import type { Dialect } from './dialect.ts'
import { chatHeader } from './parts.ts'

/** The most that the model can write in one go. */
const most = 16_384

const isAboveMost = (cap: unknown): boolean => Number.isInteger(cap) && Number(cap) > most

export const xerotier: Dialect = {
  name: 'xerotier',
  speaks: 'project and endpoint stand in the path, and caps that are too high are lowered, which a header tells',
  models: { 'deepseek-r1-distill-llama-70b': 'thinking' },
  base: '/proj_ABC123/my-endpoint/v1',
  serves: ['chat', 'responses'],
  bends: [
    onChatRequest((body) => {
      if (isAboveMost(body.max_tokens)) body.max_tokens = most
      return undefined
    }),
    chatHeader('x-xerotier-max-tokens-clamped', ({ sent }) => (isAboveMost(sent?.max_tokens) ? 'true' : undefined)),
  ],
}
