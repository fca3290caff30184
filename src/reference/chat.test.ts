import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()

const chat = (content: Json, members: Json = {}) =>
  ask('/chat/completions', { body: { model: 'reference', messages: [{ role: 'user', content }], ...members } })

const said = (content: Json, members: Json = {}) => chat(content, members).json.choices[0].message.content

const prompted = (messages: Json, members: Json = {}) =>
  ask('/chat/completions', { body: { model: 'reference', messages, ...members } }).json.usage.prompt_tokens

const hello = { role: 'user', content: 'Hello' }

describe('a chat reply', () => {
  it('has the reference shape', () => {
    expect(chat('Reply with the single word OK.').json).toEqual({
      id: 'chatcmpl-000000000001',
      object: 'chat.completion',
      created: 1_770_000_000,
      model: 'reference',
      choices: [{ index: 0, message: { role: 'assistant', content: 'OK', refusal: null }, logprobs: null, finish_reason: 'stop' }],
      usage: {
        prompt_tokens: 13,
        completion_tokens: 1,
        total_tokens: 14,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
      service_tier: 'default',
      system_fingerprint: 'fp_reference',
    })
  })

  it.each([
    ['Count from 1 to 5, separated by spaces.', '1 2 3 4 5'],
    ['Count to five.', '1 2 3 4 5'],
    ['Write the numbers 1 to 3, one per line.', '1\n2\n3'],
    [
      'Repeat this line exactly: \u{1f44d}\u{1f3fd} \u4f60\u597d e\u0301 \u0645\u0631 \u0007',
      '\u{1f44d}\u{1f3fd} \u4f60\u597d e\u0301 \u0645\u0631 \u0007',
    ],
    ['Reply with the single word xylophone.', 'xylophone'],
    ['My code word is plum.', 'Noted.'],
    ['A bat and a ball cost 1.10 together. The bat costs 1.00 more than the ball. What does the ball cost?', 'The ball costs 0.05.'],
    ['What is 17 * 3?', 'The answer is 51.'],
  ])('does what is asked: %s', (prompt, answer) => {
    expect(said(prompt)).toBe(answer)
  })

  it('remembers the conversation', () => {
    const messages = [
      { role: 'user', content: 'My code word is plum.' },
      { role: 'assistant', content: 'Noted.' },
      { role: 'user', content: 'Repeat my code word.' },
    ]
    expect(ask('/chat/completions', { body: { model: 'reference', messages } }).json.choices[0].message.content).toBe('plum')
  })

  it('keeps to the cap and says so', () => {
    for (const name of ['max_tokens', 'max_completion_tokens']) {
      const { choices, usage } = chat('Write an essay of 500 words about rivers.', { [name]: 16 }).json
      expect(choices[0].finish_reason).toBe('length')
      expect(usage.completion_tokens).toBe(16)
    }
  })

  it('ends before a stop sequence', () => {
    expect(said('Repeat this line exactly: alpha BRAVO charlie', { stop: ['zzz', 'BRAVO'] })).toBe('alpha ')
  })

  it('gives as many choices as asked for, with aligned log probabilities', () => {
    const { choices } = chat('Count from 1 to 3.', { n: 2, logprobs: true, top_logprobs: 2 }).json
    expect(choices.map((choice: Json) => choice.index)).toEqual([0, 1])
    const entries = choices[1].logprobs.content
    expect(Buffer.from(entries.flatMap((entry: Json) => entry.bytes)).toString()).toBe(choices[1].message.content)
    expect(entries[0].top_logprobs).toHaveLength(2)
  })

  it('counts everything that is in the prompt', () => {
    const long = 'The river runs to the sea. '.repeat(40)
    const bare = prompted([hello])
    for (const role of ['system', 'developer']) expect(prompted([{ role, content: long }, hello])).toBeGreaterThan(bare + 200)
    expect(
      prompted([
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hello' },
            { type: 'text', text: long },
          ],
        },
      ]),
    ).toBeGreaterThan(bare + 200)
    expect(prompted([{ role: 'user', content: long }, { role: 'assistant', content: 'Yes.' }, hello])).toBeGreaterThan(bare + 200)
    expect(prompted([hello], { tools: [{ type: 'function', function: { name: 'ping' } }] })).toBeGreaterThan(bare)
  })

  it('takes null as unset and does not mind members that it does not know', () => {
    const names = ['temperature', 'top_p', 'max_tokens', 'stop', 'tools', 'tool_choice', 'response_format', 'stream_options', 'stream']
    for (const name of names) expect(chat('Hello', { [name]: null }).status).toBe(200)
    expect(chat('Hello', { zz_unknown_param: 1 }).status).toBe(200)
  })

  it('writes JSON by a schema', () => {
    const schema = {
      type: 'object',
      properties: {
        kind: { enum: ['a', 'b'] },
        list: { type: 'array', items: { $ref: '#/$defs/entry' } },
        note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      required: ['kind', 'list', 'note'],
      $defs: { entry: { type: 'object', properties: { count: { type: 'integer', minimum: 3 } }, required: ['count'] } },
    }
    const response_format = { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } }
    expect(JSON.parse(said('Answer with a poem.', { response_format }))).toEqual({ kind: 'a', list: [{ count: 3 }], note: 'note' })
    expect(JSON.parse(said('Answer in JSON.', { response_format: { type: 'json_object' } }))).toBeTypeOf('object')
  })
})

describe('a model that thinks', () => {
  const think = (members: Json = {}) => chat('What is 17 * 3?', { model: 'reference-thinking', ...members }).json

  it('keeps thoughts out of the answer and counts them', () => {
    const { choices, usage } = think()
    expect(choices[0].message.content).toBe('The answer is 51.')
    expect(choices[0].message.reasoning_content).toContain('17 * 3')
    expect(usage.completion_tokens_details.reasoning_tokens).toBe(48)
    expect(usage.completion_tokens).toBeGreaterThan(48)
  })

  it('thinks harder on request, and not at all', () => {
    const tokens = (effort: string) => think({ reasoning_effort: effort }).usage.completion_tokens_details.reasoning_tokens
    expect(tokens('low')).toBeLessThan(tokens('high'))
    expect(tokens('none')).toBe(0)
    expect(think({ thinking: { type: 'disabled' } }).choices[0].message).not.toHaveProperty('reasoning_content')
  })

  it('may use up its cap before it answers', () => {
    const { choices, usage } = think({ max_completion_tokens: 20 })
    expect(choices[0]).toMatchObject({ message: { content: '' }, finish_reason: 'length' })
    expect(usage.completion_tokens).toBe(20)
  })
})

describe('a streamed chat', () => {
  const stream = (content: Json, members: Json = {}) => chat(content, { stream: true, stream_options: { include_usage: true }, ...members })

  const joined = (events: Json[], member: string, index = 0) =>
    events
      .flatMap((event) => event.choices ?? [])
      .filter((entry: Json) => entry.index === index)
      .map((entry: Json) => entry.delta[member] ?? '')
      .join('')

  it('tells the same answer piece by piece', () => {
    const { headers, events } = stream('Count from 1 to 60, separated by spaces.')
    expect(headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' })
    expect(joined(events, 'content')).toBe(said('Count from 1 to 60, separated by spaces.'))
    expect(joined(events, 'role')).toBe('assistant')
    expect(events.at(-1)).toBe('[DONE]')
    const chunks = events.slice(0, -1)
    expect(new Set(chunks.map((chunk) => `${chunk.id} ${chunk.created} ${chunk.model} ${chunk.object}`)).size).toBe(1)
    expect(chunks.filter((chunk) => chunk.usage !== null)).toEqual([chunks.at(-1)])
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: chat('Count from 1 to 60, separated by spaces.').json.usage })
    expect(chunks.at(-2).choices).toEqual([{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }])
  })

  it('says nothing of usage unasked', () => {
    expect(stream('Hello', { stream_options: undefined }).text).not.toContain('usage')
  })

  it('streams several choices side by side', () => {
    const { events } = stream('Count from 1 to 5.', { n: 2 })
    expect(joined(events, 'content', 0)).toBe('1 2 3 4 5')
    expect(joined(events, 'content', 1)).toBe('1 2 3 4 5')
  })

  it('puts thoughts before words', () => {
    const { events } = stream('What is 17 * 3?', { model: 'reference-thinking' })
    const kinds = events
      .flatMap((event) => event.choices ?? [])
      .map((entry: Json) => (entry.delta.reasoning_content ? 't' : entry.delta.content ? 'w' : ''))
    expect(kinds.join('')).toMatch(/^t+w+$/)
  })

  it('opens every call with its head and then sends fragments', () => {
    const tools = [
      {
        type: 'function',
        function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
      },
    ]
    const { events } = stream('What is the weather in Paris, Tokyo and Lima?', { tools, tool_choice: 'required' })
    const deltas = events.flatMap((event) => event.choices ?? []).flatMap((entry: Json) => entry.delta.tool_calls ?? [])
    const heads = deltas.filter((delta: Json) => delta.id)
    expect(heads.map((head: Json) => [head.index, head.type, head.function.name])).toEqual(
      [0, 1, 2].map((index) => [index, 'function', 'get_weather']),
    )
    const cities = [0, 1, 2].map((index) =>
      deltas
        .filter((delta: Json) => delta.index === index)
        .map((delta: Json) => delta.function.arguments)
        .join(''),
    )
    expect(cities).toEqual(['{"city":"Paris"}', '{"city":"Tokyo"}', '{"city":"Lima"}'])
    expect(events.at(-3).choices[0].finish_reason).toBe('tool_calls')
  })
})
