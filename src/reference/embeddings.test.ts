import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'
import { nativeDimensions } from './validate/embeddings.ts'

const ask = asking()
const model = 'reference-embedding'
const embeddings = (input: Json, members: Json = {}) => ask('/embeddings', { body: { model, input, ...members } })
const vectors = (input: Json, members: Json = {}): Json[] => embeddings(input, members).json.data.map((entry: Json) => entry.embedding)
const dot = (one: number[], other: number[]) => one.reduce((sum, value, at) => sum + value * (other[at] as number), 0)

describe('an embedding', () => {
  it('has the reference shape', () => {
    const { status, json } = embeddings('The river runs to the sea.')
    expect(status).toBe(200)
    expect(json).toEqual({
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: expect.any(Array) }],
      model,
      usage: { prompt_tokens: 6, total_tokens: 6 },
    })
    expect(json.data[0].embedding).toHaveLength(nativeDimensions)
  })

  it('has length one and is the same every time', () => {
    const [one, other, alike] = vectors(['The river runs.', 'Bread is baked.', 'The RIVER runs'])
    expect(dot(one, one)).toBeCloseTo(1, 6)
    expect(dot(one, alike)).toBeCloseTo(1, 6)
    expect(vectors('The river runs.')).toEqual([one])
    expect(Math.abs(dot(one, other))).toBeLessThan(0.5)
  })

  it('lies closer to a text with the same words', () => {
    const [one, near, far] = vectors(['A river runs to the sea', 'The river runs to a lake', 'Bread is baked in the morning'])
    expect(dot(one, near)).toBeGreaterThan(dot(one, far) + 0.2)
  })

  it('is the same in both encodings', () => {
    const [floats] = vectors('sea', { encoding_format: 'float' })
    const [text] = vectors('sea', { encoding_format: 'base64' })
    const bytes = Buffer.from(text, 'base64')
    expect(Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))).toEqual(floats)
  })

  it('is shorter when asked, still of length one', () => {
    const [vector] = vectors('sea', { dimensions: 64 })
    expect(vector).toHaveLength(64)
    expect(dot(vector, vector)).toBeCloseTo(1, 6)
  })

  it('takes tokens, of one text or of several', () => {
    expect(vectors([5, 6, 7])).toHaveLength(1)
    expect(
      vectors([
        [5, 6],
        [7, 8],
      ]),
    ).toHaveLength(2)
    expect(embeddings([5, 6, 7]).json.usage.prompt_tokens).toBe(3)
    expect(vectors('?!')[0]).toHaveLength(nativeDimensions)
  })

  it.each([
    ['no input', { input: undefined }, 'input'],
    ['an empty text', { input: '' }, 'input'],
    ['an empty list', { input: [] }, 'input'],
    ['an empty text in a list', { input: ['a', ''] }, 'input[1]'],
    ['an object', { input: {} }, 'input'],
    ['half a token', { input: [1.5] }, 'input[0]'],
    ['no model', { model: undefined }, 'model'],
    ['another encoding', { encoding_format: 'hex' }, 'encoding_format'],
    ['too many dimensions', { dimensions: nativeDimensions + 1 }, 'dimensions'],
    ['no dimensions', { dimensions: 0 }, 'dimensions'],
    ['a model that chats', { model: 'reference' }, null],
  ])('refuses %s', (_, members, param) => {
    const { status, json } = embeddings('a', members)
    expect([status, json.error.param]).toEqual([400, param])
  })

  it('refuses models that do not exist, and is no model to chat with', () => {
    expect(embeddings('a', { model: 'zz' }).status).toBe(404)
    expect(ask('/chat/completions', { body: { model, messages: [{ role: 'user', content: 'Hi' }] } }).status).toBe(400)
    expect(ask('/completions', { body: { model, prompt: 'Hi' } }).status).toBe(400)
  })
})
