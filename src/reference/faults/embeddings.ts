import type { Fault, Json } from '../exchange.ts'
import { crashesOn, fault, onAnswer, onErrorAbout } from './stages.ts'

const onEmbeddings = (bend: (body: Json, request: Json) => void) => onAnswer(['embeddings'], (answer, call) => bend(answer.body, call.sent))

const onEntries = (bend: (entry: Json, index: number, request: Json) => void) =>
  onEmbeddings((body, request) => {
    for (const [index, entry] of body.data.entries()) bend(entry, index, request)
  })

/** Vectors that are lists. */
const onFloats = (bend: (vector: number[], request: Json) => Json) =>
  onEntries((entry, _, request) => {
    if (Array.isArray(entry.embedding)) entry.embedding = bend(entry.embedding, request)
  })

/** Vectors that are base64. */
const onPacked = (bend: (bytes: Buffer, text: string) => Json) =>
  onEntries((entry) => {
    if (typeof entry.embedding === 'string') entry.embedding = bend(Buffer.from(entry.embedding, 'base64'), entry.embedding)
  })

const onBatch = (bend: (body: Json, texts: string[]) => void) =>
  onEmbeddings((body, { input }) => {
    if (Array.isArray(input) && typeof input[0] === 'string') bend(body, input)
  })

/** The entries in another order, each with the number of its place. */
const reordered = (body: Json, order: readonly number[]): void => {
  const vectors = body.data.map((entry: Json) => entry.embedding)
  for (const [place, from] of order.entries()) body.data[place].embedding = vectors[from]
}

const floatsIn = (bytes: Buffer): number[] => Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))

const doubles = (bytes: Buffer): Buffer => {
  const wide = Buffer.alloc(bytes.length * 2)
  for (const [at, value] of floatsIn(bytes).entries()) wide.writeDoubleLE(value, at * 8)
  return wide
}

const mistaken = (name: string, bends: string, isMeant: (input: Json) => boolean): Fault =>
  fault(name, 'embeddings.invalid', bends, {
    request: (body, call) => {
      if (call.target.startsWith('/v1/embeddings') && isMeant(body.input)) body.input = 'x'
      return undefined
    },
  })

/** Vectors: their frame, their order, both encodings, their length, what they cost, and what has none. */
export const embeddingFaults: readonly Fault[] = [
  fault(
    'embeddings-object-missing',
    'embeddings.shape',
    'lists of embeddings do not say what they are',
    onEmbeddings((body) => {
      delete body.object
    }),
  ),
  fault(
    'embeddings-model-missing',
    'embeddings.shape',
    'lists of embeddings do not name the model',
    onEmbeddings((body) => {
      delete body.model
    }),
  ),
  fault(
    'embeddings-under-another-name',
    'embeddings.shape',
    'vectors are in the member embeddings',
    onEmbeddings((body) => {
      body.embeddings = body.data.map((entry: Json) => entry.embedding)
      delete body.data
    }),
  ),
  fault(
    'embeddings-bare-list',
    'embeddings.shape',
    'the answer is a bare list of vectors',
    onAnswer(['embeddings'], (answer) => {
      answer.body = answer.body.data
    }),
  ),
  fault(
    'embeddings-entry-object-wrong',
    'embeddings.shape',
    'entries call themselves vectors',
    onEntries((entry) => {
      entry.object = 'vector'
    }),
  ),
  fault(
    'embeddings-index-missing',
    'embeddings.shape',
    'entries have no index',
    onEntries((entry) => {
      delete entry.index
    }),
  ),
  fault(
    'embeddings-index-string',
    'embeddings.shape',
    'the index of entries is a string',
    onEntries((entry, index) => {
      entry.index = String(index)
    }),
  ),
  fault(
    'embeddings-empty-vector',
    'embeddings.shape',
    'vectors are empty',
    onEntries((entry) => {
      entry.embedding = Array.isArray(entry.embedding) ? [] : ''
    }),
  ),
  fault(
    'embeddings-null-vector',
    'embeddings.shape',
    'vectors are null',
    onEntries((entry) => {
      entry.embedding = null
    }),
  ),
  fault(
    'embeddings-usage-missing',
    'embeddings.shape',
    'embeddings come without token counts',
    onEmbeddings((body) => {
      delete body.usage
    }),
  ),
  fault(
    'embeddings-index-from-one',
    'embeddings.shape',
    'entries are numbered from one',
    onEntries((entry, index, request) => {
      if (!Array.isArray(request.input)) entry.index = index + 1
    }),
  ),
  fault(
    'embeddings-twice',
    'embeddings.shape',
    'a single text gets two entries',
    onEmbeddings((body, { input }) => {
      if (!Array.isArray(input)) body.data.push({ ...body.data[0], index: 1 })
    }),
  ),

  fault(
    'batch-first-only',
    'embeddings.batch-order',
    'only the first of several texts is embedded',
    onBatch((body) => {
      body.data.length = 1
    }),
  ),
  fault(
    'batch-distinct-only',
    'embeddings.batch-order',
    'equal texts get one vector together',
    onBatch((body, texts) => {
      body.data = body.data.filter((_: Json, index: number) => texts.indexOf(texts[index] as string) === index)
      for (const [index, entry] of body.data.entries()) entry.index = index
    }),
  ),
  fault(
    'batch-index-zero',
    'embeddings.batch-order',
    'all entries have index 0',
    onBatch((body) => {
      for (const entry of body.data) entry.index = 0
    }),
  ),
  fault(
    'batch-as-finished',
    'embeddings.batch-order',
    'entries come in the order in which they were finished',
    onBatch((body) => {
      body.data.reverse()
    }),
  ),
  fault(
    'batch-sorted-by-length',
    'embeddings.batch-order',
    'texts are sorted by their length, and vectors are not put back',
    onBatch((body, texts) =>
      reordered(
        body,
        [...texts.keys()].sort((a, b) => (texts[a] as string).length - (texts[b] as string).length),
      ),
    ),
  ),
  fault(
    'batch-swapped',
    'embeddings.batch-order',
    'the second and the last vector change places',
    onBatch((body) => {
      const last = body.data.length - 1
      reordered(body, [0, last, ...Array.from({ length: last - 2 }, (_, at) => at + 2), 1])
    }),
  ),
  fault(
    'batch-all-alike',
    'embeddings.batch-order',
    'all texts of a request get the first vector',
    onBatch((body) => {
      for (const entry of body.data) entry.embedding = body.data[0].embedding
    }),
  ),

  fault(
    'floats-as-strings',
    'embeddings.float',
    'the numbers of vectors are strings',
    onFloats((vector) => vector.map(String)),
  ),
  fault(
    'floats-with-null',
    'embeddings.float',
    'a number that overflowed is null',
    onFloats((vector) => vector.map((value, at) => (at === 7 ? null : value))),
  ),
  fault(
    'floats-nested',
    'embeddings.float',
    'vectors lie in a list of their own',
    onFloats((vector) => [vector]),
  ),
  fault(
    'floats-always-packed',
    'embeddings.float',
    'vectors are base64 though floats were asked for',
    onFloats((vector) => Buffer.from(Float32Array.from(vector).buffer).toString('base64')),
  ),
  fault(
    'floats-packed-by-default',
    'embeddings.float',
    'vectors are base64 unless floats are asked for',
    onFloats((vector, { encoding_format }) =>
      encoding_format === undefined ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
    ),
  ),
  fault(
    'floats-of-other-length',
    'embeddings.float',
    'vectors are longer when floats are asked for by name',
    onFloats((vector, { encoding_format, input }) => (encoding_format === 'float' && input.length < 40 ? [...vector, 0] : vector)),
  ),

  fault('base64-ignored', 'embeddings.base64', 'vectors are lists though base64 was asked for', onPacked(floatsIn)),
  fault(
    'base64-big-endian',
    'embeddings.base64',
    'the bytes of packed numbers are in network order',
    onPacked((bytes) => Buffer.from(bytes).swap32().toString('base64')),
  ),
  fault(
    'base64-doubles',
    'embeddings.base64',
    'packed numbers have 64 bits',
    onPacked((bytes) => doubles(bytes).toString('base64')),
  ),
  fault(
    'base64-of-json',
    'embeddings.base64',
    'the packed bytes are JSON',
    onPacked((bytes) => Buffer.from(JSON.stringify(floatsIn(bytes))).toString('base64')),
  ),
  fault(
    'base64-for-urls',
    'embeddings.base64',
    'packed vectors use the alphabet for URLs',
    onPacked((bytes) => bytes.toString('base64url').replace(/.$/, '_')),
  ),
  fault(
    'base64-as-hex',
    'embeddings.base64',
    'packed vectors are hexadecimal',
    onPacked((bytes) => bytes.toString('hex')),
  ),
  fault(
    'base64-not-normalised',
    'embeddings.base64',
    'packed vectors have another length than lists',
    onPacked((bytes) => Buffer.from(Float32Array.from(floatsIn(bytes), (value) => value * 12).buffer).toString('base64')),
  ),
  fault(
    'base64-cut',
    'embeddings.base64',
    'packed vectors lack their last number',
    onPacked((bytes) => bytes.subarray(4).toString('base64')),
  ),

  fault('dimensions-ignored', 'embeddings.dimensions', 'the number of dimensions is not looked at', {
    request: (body) => {
      delete body.dimensions
      return undefined
    },
  }),
  fault('dimensions-rounded', 'embeddings.dimensions', 'the number of dimensions is rounded up', {
    request: (body) => {
      if (body.dimensions === 64) body.dimensions = 128
      return undefined
    },
  }),
  fault('dimensions-500', 'wire.no-server-error', 'another number of dimensions ends in a server error', {
    answer: (answer, call) => {
      if (answer.kind !== 'embeddings' || call.sent.dimensions === undefined) return
      answer.kind = 'error'
      answer.status = 500
      answer.body = { error: { message: 'Internal server error', type: 'server_error', param: null, code: null } }
    },
  }),

  fault(
    'embedding-tokens-zero',
    'embeddings.usage',
    'embeddings count no tokens',
    onEmbeddings((body) => {
      body.usage = { prompt_tokens: 0, total_tokens: 0 }
    }),
  ),
  fault(
    'embedding-total-missing',
    'embeddings.usage',
    'embeddings have no total of tokens',
    onEmbeddings((body) => {
      delete body.usage.total_tokens
    }),
  ),
  fault(
    'embedding-total-wrong',
    'embeddings.usage',
    'the total of an embedding is more than its prompt',
    onEmbeddings((body) => {
      body.usage.total_tokens += 1
    }),
  ),
  fault(
    'embedding-tokens-strings',
    'embeddings.usage',
    'token counts of embeddings are strings',
    onEmbeddings((body) => {
      body.usage.prompt_tokens = String(body.usage.prompt_tokens)
    }),
  ),

  mistaken('no-input-embedded', 'a request without input gets a vector', (input) => input === undefined),
  mistaken('empty-text-embedded', 'an empty text gets a vector', (input) => input === ''),
  mistaken('empty-list-embedded', 'an empty list gets a vector', (input) => Array.isArray(input) && input.length === 0),
  fault(
    'no-input-500',
    'embeddings.invalid',
    'a request without input ends in a server error',
    onErrorAbout('input', (answer, error, call) => {
      if (!call.target.startsWith('/v1/embeddings')) return
      answer.status = 500
      Object.assign(error, { message: 'Internal server error', type: 'server_error', param: null, code: null })
    }),
  ),
  fault('chat-model-500', 'embeddings.invalid', 'embeddings of a chat model end in a server error', crashesOn('embedding-model')),
  fault('chat-model-replaced', 'embeddings.invalid', 'embeddings of a chat model are those of another one', {
    request: (body, call) => {
      if (call.target.startsWith('/v1/embeddings') && body.model === 'reference') body.model = 'reference-embedding'
      return undefined
    },
  }),
  fault(
    'chat-model-zeros',
    'embeddings.invalid',
    'embeddings of a chat model are zeros',
    onErrorAbout('embedding-model', (answer, _, call) => {
      answer.kind = 'embeddings'
      answer.status = 200
      answer.about = ''
      const data = [{ object: 'embedding', index: 0, embedding: new Array(256).fill(0) }]
      answer.body = { object: 'list', data, model: call.json.model, usage: { prompt_tokens: 7, total_tokens: 7 } }
    }),
  ),
]
