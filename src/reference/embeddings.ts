import { createHash } from 'node:crypto'
import type { Answer, Call, Json } from './exchange.ts'
import { embeds, requireRoom, requireServed } from './models.ts'
import { Refusal } from './refusal.ts'
import { countTokens } from './tokens.ts'
import { type EmbeddingInput, nativeDimensions, readEmbeddings } from './validate/embeddings.ts'
import type { World } from './world.ts'

/** One direction per word, the same everywhere: bytes of a hash, centred on zero. */
const directionOf = (word: string): readonly number[] => {
  const values: number[] = []
  for (let block = 0; values.length < nativeDimensions; block += 1) {
    for (const byte of createHash('sha256').update(`${block} ${word}`).digest()) values.push((byte - 127.5) / 127.5)
  }
  return values
}

const wordsOf = (input: EmbeddingInput): readonly string[] => {
  if (typeof input !== 'string') return input.map((token) => `#${token}`)
  const words = input.toLowerCase().match(/[\p{L}\p{N}]+/gu)
  return words ?? [input]
}

/**
 * The sum of the directions of all words, of length one: texts that share words lie close together.
 * The first dimensions alone are a vector too. Values are rounded as float32 rounds them, so that both encodings hold the same.
 */
export const embed = (input: EmbeddingInput, dimensions: number): readonly number[] => {
  const counts = new Map<string, number>()
  for (const word of wordsOf(input)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const sum = new Array<number>(dimensions).fill(0)
  for (const [word, count] of counts) {
    const direction = directionOf(word)
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] as number) + count * (direction[at] as number)
  }
  const length = Math.hypot(...sum)
  return sum.map((value) => Math.fround(value / length))
}

/** Little-endian float32, as the official clients read it. */
export const packed = (vector: readonly number[]): string => {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4)
  return bytes.toString('base64')
}

const requireEmbeddings = (world: World, model: string): void => {
  requireServed(world, model)
  if (embeds(model)) return
  const other = world.models.find(embeds)
  throw new Refusal(`The model '${model}' does not make embeddings.${other === undefined ? '' : ` Ask '${other}'.`}`, {
    code: 'unsupported_model',
    about: 'embedding-model',
  })
}

/** POST /embeddings. */
export const answerEmbeddings = (world: World, call: Call): Answer => {
  const body = call.json
  const inputs = readEmbeddings(body)
  requireEmbeddings(world, body.model)
  const prompt = inputs.reduce<number>((count, input) => count + (typeof input === 'string' ? countTokens(input) : input.length), 0)
  requireRoom(prompt, 'input')
  const data: Json[] = inputs.map((input, index) => {
    const vector = embed(input, body.dimensions ?? nativeDimensions)
    return { object: 'embedding', index, embedding: body.encoding_format === 'base64' ? packed(vector) : vector }
  })
  return {
    kind: 'embeddings',
    status: 200,
    headers: {},
    body: { object: 'list', data, model: body.model, usage: { prompt_tokens: prompt, total_tokens: prompt } },
    about: '',
    tokens: 0,
  }
}
