import type { Bend, Json } from '../exchange.ts'
import { onAnswer, onCall, refuses } from '../faults/stages.ts'
import { variant } from './variant.ts'

const onVectors = (bend: (vector: number[], count: number) => number[]) =>
  onAnswer(['embeddings'], (answer, call) => {
    const count = Number(call.memory.get('vectors') ?? 0) + 1
    call.memory.set('vectors', count)
    for (const entry of answer.body.data) {
      const isList = Array.isArray(entry.embedding)
      const bytes: Buffer = isList ? Buffer.alloc(0) : Buffer.from(entry.embedding, 'base64')
      const vector = isList ? entry.embedding : Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))
      const bent = bend(vector, count)
      entry.embedding = isList ? bent : Buffer.from(Float32Array.from(bent).buffer).toString('base64')
    }
  })

const refusesEmbeddings = (when: (body: Json) => boolean, param: string) => refuses('/embeddings', when, param)

/** Legal habits of endpoints that embed. */
export const embeddingVariants: readonly Bend[] = [
  variant(
    'embeddings-absent',
    'there are no embeddings',
    onCall((call) => {
      if (call.target.startsWith('/v1/embeddings')) call.target = '/v1/no-embeddings'
    }),
  ),
  variant(
    'unnormalised-vectors',
    'vectors have any length',
    onVectors((vector) => vector.map((value) => value * 17)),
  ),
  variant(
    'vectors-with-noise',
    'no two runs are equal to the last digit',
    onVectors((vector, count) => vector.map((value, at) => value * (1 + 0.004 * Math.sin(at * 7 + count)))),
  ),
  variant(
    'vectors-close-together',
    'all texts mean nearly the same to the model',
    onVectors((vector) => vector.map((value) => 1 + value * 1e-3)),
  ),
  variant(
    'integers-among-vectors',
    'whole numbers are written without a fraction, small ones with an exponent',
    onVectors((vector) => vector.map((value, at) => (at === 0 ? 0 : at === 1 ? 1e-20 : value))),
  ),
  variant(
    'fixed-dimensions',
    'the model has one length only, and says so',
    refusesEmbeddings((body) => body.dimensions !== undefined, 'dimensions'),
  ),
  variant(
    'floats-only',
    'base64 is refused',
    refusesEmbeddings((body) => body.encoding_format === 'base64', 'encoding_format'),
  ),
  variant(
    'texts-only',
    'tokens are not taken in the place of a text',
    refusesEmbeddings((body) => Array.isArray(body.input) && typeof body.input[0] === 'number', 'input'),
  ),
  variant(
    'base64-unpadded',
    'base64 has no padding',
    onAnswer(['embeddings'], (answer) => {
      for (const entry of answer.body.data) if (typeof entry.embedding === 'string') entry.embedding = entry.embedding.replace(/=+$/, '')
    }),
  ),
  variant(
    'embeddings-with-more',
    'embeddings come with an id, a time and more counts',
    onAnswer(['embeddings'], (answer) => {
      Object.assign(answer.body, { id: 'embd-1', created: 1_770_000_000 })
      Object.assign(answer.body.usage, { completion_tokens: 0, prompt_tokens_details: null, cost: 0.1 })
    }),
  ),
  variant('any-model-embeds', 'chat models embed too, with vectors of their own', {
    request: (body, call) => {
      if (!call.target.startsWith('/v1/embeddings') || body.model !== 'reference' || body.input === undefined) return undefined
      body.model = 'reference-embedding'
      call.memory.set('chat-vectors', true)
      return undefined
    },
    answer: (answer, call) => {
      if (answer.kind === 'embeddings' && call.memory.get('chat-vectors')) for (const entry of answer.body.data) entry.embedding.reverse?.()
      call.memory.delete('chat-vectors')
    },
  }),
]
