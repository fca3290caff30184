import type { Json } from '../exchange.ts'
import { invalid, missing } from '../refusal.ts'
import { filled, integer, kindOf, listOf, members, oneOf, type Rule, string } from './members.ts'

/** Length of a vector unless fewer dimensions are asked for. */
export const nativeDimensions = 256

/** One text, or the numbers of its tokens. */
export type EmbeddingInput = string | readonly number[]

const mostInputs = 2048

const rules = members({
  model: filled,
  encoding_format: oneOf('float', 'base64'),
  dimensions: integer(1, nativeDimensions),
  user: string,
})

const tokens = listOf(integer(0), 1)

const texts: Rule = (value, path) => {
  if (typeof value === 'string') return filled(value, path)
  if (Array.isArray(value)) return tokens(value, path)
  throw invalid(path, `Invalid type for '${path}': expected a string or an array of integers, but got ${kindOf(value)} instead.`)
}

/** A string, several strings, the tokens of one text, or those of several. */
export const readInputs = (value: Json, path: string): readonly EmbeddingInput[] => {
  if (value === undefined || value === null) throw missing(path)
  if (Array.isArray(value) && typeof value[0] === 'number') {
    tokens(value, path)
    return [value]
  }
  if (Array.isArray(value)) listOf(texts, 1, mostInputs)(value, path)
  else texts(value, path)
  return Array.isArray(value) ? value : [value]
}

/** Checks a request for embeddings and gives its inputs; throws a refusal. */
export const readEmbeddings = (body: Json): readonly EmbeddingInput[] => {
  if (body.model === undefined || body.model === null) throw missing('model')
  rules(body, '')
  return readInputs(body.input, 'input')
}
