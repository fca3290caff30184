import { onChunk, onErrorAbout } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'

const masked = (key: string): string => (key.length < 8 ? '***' : `${key.slice(0, 3)}${'*'.repeat(key.length - 7)}${key.slice(-4)}`)

export const openai: Dialect = {
  name: 'openai',
  speaks: 'the reference itself: thoughts are counted and hidden in chats, chunks are padded, unknown members are refused',
  models: { 'gpt-5.5': 'thinking', 'gpt-4.1-mini': 'plain', 'text-embedding-3-small': 'embedding' },
  serves: ['chat', 'responses', 'completions', 'embeddings'],
  bends: [
    like('hidden-reasoning'),
    like('unknown-param-refused'),
    onErrorAbout('key', (_, error, { key, presented }) => {
      if (key === 'wrong') error.message = `Incorrect API key provided: ${masked(presented)}.`
    }),
    onChunk((chunk, index, chunks) => {
      const isWanted = chunks.length > 0 && chunk.choices.length > 0
      if (isWanted) chunk.obfuscation = 'x7Jq2mZ'.slice(index % 7)
    }),
  ],
}
