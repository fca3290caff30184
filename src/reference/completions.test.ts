import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()
const complete = (members: Json = {}) => ask('/completions', { body: { model: 'reference', prompt: 'Once', max_tokens: 8, ...members } })
const textsOf = (members: Json): string[] => complete(members).json.choices.map((choice: Json) => choice.text)

describe('a completion', () => {
  it('has the reference shape', () => {
    expect(complete().json).toEqual({
      id: 'cmpl-000000000001',
      object: 'text_completion',
      created: 1_770_000_000,
      model: 'reference',
      choices: [{ text: expect.any(String), index: 0, logprobs: null, finish_reason: 'length' }],
      usage: { prompt_tokens: 1, completion_tokens: 8, total_tokens: 9 },
      system_fingerprint: 'fp_reference',
    })
  })

  it('obeys the cap, which has a default, and stop sequences', () => {
    expect(complete({ max_tokens: 2 }).json.usage.completion_tokens).toBe(2)
    expect(complete({ max_tokens: undefined, prompt: 'Count from 1 to 60' }).json.usage.completion_tokens).toBe(16)
    expect(complete({ prompt: 'Say this: alpha BRAVO', stop: 'BRAVO' }).json.choices[0]).toMatchObject({
      text: 'alpha ',
      finish_reason: 'stop',
    })
  })

  it('gives each prompt its choices, and a list of tokens one', () => {
    const { choices } = complete({ prompt: ['Once', 'Twice'], n: 2 }).json
    expect(choices.map((choice: Json) => choice.index)).toEqual([0, 1, 2, 3])
    expect(textsOf({ prompt: [5, 6, 7] })).toHaveLength(1)
  })

  it('honours the older options', () => {
    expect(textsOf({ echo: true })[0]).toMatch(/^Once./)
    const { choices, usage } = complete({ best_of: 3 }).json
    expect([choices.length, usage.completion_tokens]).toEqual([1, 24])
    expect(complete({ suffix: 'the end of it' }).json.usage.prompt_tokens).toBe(5)
    const { logprobs, text } = complete({ logprobs: 2, echo: true }).json.choices[0]
    expect(logprobs.tokens.join('')).toBe(text)
    expect(logprobs.token_logprobs).toHaveLength(logprobs.tokens.length)
    expect([logprobs.token_logprobs[0], logprobs.top_logprobs[0]]).toEqual([null, null])
    expect(Object.keys(logprobs.top_logprobs[1])).toHaveLength(2)
    expect(logprobs.text_offset.slice(0, 2)).toEqual([0, 4])
  })

  it('streams the same, with usage when asked', () => {
    const { events } = complete({ stream: true, stream_options: { include_usage: true }, echo: true, logprobs: 1 })
    const whole = complete({ echo: true, logprobs: 1 }).json
    const [usage, done] = events.slice(-2)
    const pieces = events.slice(0, -2).map((event) => event.choices[0])
    expect(done).toBe('[DONE]')
    expect(usage).toMatchObject({ object: 'text_completion', choices: [], usage: whole.usage })
    expect(pieces.map((piece) => piece.text).join('')).toBe(whole.choices[0].text)
    expect(pieces.flatMap((piece) => piece.logprobs?.tokens ?? [])).toEqual(whole.choices[0].logprobs.tokens)
    expect(pieces.map((piece) => piece.finish_reason).filter((reason) => reason !== null)).toEqual(['length'])
    expect(complete({ stream: true, n: 2 }).events.some((event) => event.choices?.[0]?.index === 1)).toBe(true)
  })

  it.each([
    ['no prompt', { prompt: undefined }, 'prompt'],
    ['an empty prompt', { prompt: '' }, 'prompt'],
    ['no model', { model: undefined }, 'model'],
    ['an echo in words', { echo: 'yes' }, 'echo'],
    ['logprobs of the other kind', { logprobs: true }, 'logprobs'],
    ['fewer candidates than choices', { n: 2, best_of: 1 }, 'best_of'],
    ['a stream of candidates', { best_of: 2, stream: true }, 'best_of'],
    ['stream options without a stream', { stream_options: {} }, 'stream_options'],
  ])('refuses %s', (_, members, param) => {
    const { status, json } = complete(members)
    expect([status, json.error.param]).toEqual([400, param])
  })
})
