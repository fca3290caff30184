import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()

const respond = (members: Json) => ask('/responses', { body: { model: 'reference', input: 'Reply with the single word OK.', ...members } })

const textOf = (response: Json): string => response.output.find((item: Json) => item.type === 'message').content[0].text

const weather = {
  type: 'function',
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

describe('a response', () => {
  it('has the reference shape', () => {
    const { json } = respond({})
    expect(json).toMatchObject({
      object: 'response',
      status: 'completed',
      error: null,
      incomplete_details: null,
      created_at: 1_770_000_000,
    })
    expect(json.output).toEqual([
      {
        id: 'msg_000000000001',
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'OK', annotations: [], logprobs: [] }],
      },
    ])
    expect(json.usage).toMatchObject({ input_tokens: 13, output_tokens: 1, total_tokens: 14 })
  })

  it('takes input in all its forms', () => {
    const content = 'Reply with the single word OK.'
    const earlier = respond({}).json.output
    for (const input of [
      content,
      [{ role: 'user', content }],
      [
        { role: 'system', content: 'a' },
        { type: 'message', role: 'developer', content: 'b' },
        { role: 'user', content: [{ type: 'input_text', text: content }] },
      ],
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
        { role: 'user', content },
      ],
      [{ role: 'user', content: 'a' }, ...earlier, { role: 'user', content }],
    ]) {
      expect(textOf(respond({ input }).json)).toBe('OK')
    }
  })

  it('echoes what was asked for', () => {
    const members = {
      temperature: 0.5,
      top_p: 0.5,
      metadata: { a: 'b' },
      instructions: 'Be brief.',
      max_output_tokens: 99,
      parallel_tool_calls: false,
      tools: [weather],
      tool_choice: 'none',
      text: { format: { type: 'json_schema', name: 'x', schema: { type: 'object' } } },
    }
    expect(respond(members).json).toMatchObject(members)
  })

  it('is incomplete when the cap cuts it', () => {
    const { json } = respond({ input: 'Write an essay of 500 words about rivers.', max_output_tokens: 16 })
    expect(json).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, usage: { output_tokens: 16 } })
    expect(json.output[0].status).toBe('incomplete')
  })

  it('calls functions and takes their outputs', () => {
    const question = { role: 'user', content: 'What is the weather in Paris?' }
    const { json } = respond({ input: [question], tools: [weather], tool_choice: 'required' })
    expect(json.output[0]).toMatchObject({ type: 'function_call', name: 'get_weather', arguments: '{"city":"Paris"}', status: 'completed' })
    const output = { type: 'function_call_output', call_id: json.output[0].call_id, output: 'plum degrees' }
    expect(textOf(respond({ input: [question, ...json.output, output], tools: [weather] }).json)).toContain('plum degrees')
    expect(textOf(respond({ input: [output], previous_response_id: json.id }).json)).toContain('plum degrees')
    expect(respond({ input: [question, output] }).status).toBe(400)
    expect(respond({ input: [question, ...json.output] }).status).toBe(400)
    expect(respond({ input: 'And now?', previous_response_id: json.id }).status).toBe(400)
  })

  it('refuses what it cannot do', () => {
    expect(respond({ tools: [{ type: 'no_such_tool' }] }).json.error.param).toBe('tools[0].type')
    expect(respond({ include: ['zz'] }).json.error.param).toBe('include[0]')
    expect(respond({ input: undefined }).json.error).toMatchObject({ param: 'input', code: 'missing_required_parameter' })
    expect(respond({ previous_response_id: 'resp_nope' })).toMatchObject({
      status: 404,
      json: { error: { code: 'previous_response_not_found' } },
    })
    expect(respond({ model: 'no-such-model-zz' }).status).toBe(404)
  })

  it('includes log probabilities and encrypted thoughts', () => {
    expect(respond({ include: ['message.output_text.logprobs'] }).json.output[0].content[0].logprobs).toHaveLength(1)
    const [thought] = respond({ model: 'reference-thinking', include: ['reasoning.encrypted_content'], store: false }).json.output
    expect(thought).toMatchObject({ type: 'reasoning', summary: [] })
    expect(thought.encrypted_content).not.toBe('')
  })
})

describe('stored responses', () => {
  it('continue a conversation, without its instructions', () => {
    const first = respond({ input: 'My code word is plum.', instructions: 'Be brief. '.repeat(100) }).json
    const second = respond({ input: 'Repeat my code word.', previous_response_id: first.id }).json
    expect(textOf(second)).toBe('plum')
    expect(second.previous_response_id).toBe(first.id)
    expect(second.usage.input_tokens).toBeLessThan(first.usage.input_tokens)
  })

  it('can be fetched, listed and deleted', () => {
    const input = [
      { role: 'user', content: 'a' },
      { role: 'user', content: 'b' },
    ]
    const { id, output } = respond({ input }).json
    expect(ask(`/responses/${id}`, { method: 'GET' }).json).toMatchObject({ id, output })
    const { data, ...list } = ask(`/responses/${id}/input_items`, { method: 'GET' }).json
    expect(data.map((item: Json) => item.content[0].text)).toEqual(['b', 'a'])
    expect(list).toEqual({ object: 'list', first_id: data[0].id, last_id: data[1].id, has_more: false })
    expect(ask(`/responses/${id}/cancel`, {}).status).toBe(400)
    const statuses = ['DELETE', 'GET', 'DELETE'].map((method) => ask(`/responses/${id}`, { method }).status)
    expect(statuses).toEqual([200, 404, 404])
    const unstored = respond({ store: false }).json
    expect(ask(`/responses/${unstored.id}`, { method: 'GET' }).status).toBe(404)
  })

  it('run in the background', () => {
    let now = 0
    const slow = asking({ now: () => now, latencyMs: 1000 })
    const start = () => slow('/responses', { body: { model: 'reference', input: 'Hello', background: true } }).json
    const [first, second] = [start(), start()]
    expect(first).toMatchObject({ status: 'queued', output: [] })
    expect(slow(`/responses/${second.id}/cancel`, {}).json.status).toBe('cancelled')
    expect(slow(`/responses/${first.id}`, { method: 'GET' }).json.status).toBe('in_progress')
    now = 2000
    expect(slow(`/responses/${first.id}`, { method: 'GET' }).json.status).toBe('completed')
    expect(slow(`/responses/${second.id}`, { method: 'GET' }).json.status).toBe('cancelled')
  })
})

describe('a streamed response', () => {
  const types = (members: Json) =>
    respond({ stream: true, ...members })
      .events.map((event) => event.type.replace('response.', ''))
      .join(' ')

  it('follows the grammar', () => {
    expect(types({ input: 'What is 17 * 3?' })).toMatch(
      /^created in_progress output_item.added content_part.added (output_text.delta )+output_text.done content_part.done output_item.done completed$/,
    )
    expect(types({ input: 'What is the weather in Paris?', tools: [weather] })).toMatch(
      /^created in_progress output_item.added (function_call_arguments.delta )+function_call_arguments.done output_item.done completed$/,
    )
    expect(types({ model: 'reference-thinking', reasoning: { summary: 'auto' } })).toMatch(
      /^created in_progress output_item.added reasoning_summary_part.added (reasoning_summary_text.delta )+reasoning_summary_text.done reasoning_summary_part.done content_part.added (reasoning_text.delta )+reasoning_text.done content_part.done output_item.done output_item.added /,
    )
    expect(types({ input: 'Write an essay of 500 words about rivers.', max_output_tokens: 16 })).toMatch(/ incomplete$/)
  })

  it('numbers its events and ends with the whole response', () => {
    const { events, text } = respond({ stream: true, input: 'Count from 1 to 9.' })
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index))
    expect(text.match(/^event: .*$/gm)).toEqual(events.map((event) => `event: ${event.type}`))
    const { response } = events.at(-1)
    const done = events.filter((event) => event.type === 'response.output_item.done').map((event) => event.item)
    expect(response.output).toEqual(done)
    const joined = events
      .filter((event) => event.type === 'response.output_text.delta')
      .map((event) => event.delta)
      .join('')
    expect(joined).toBe(textOf(response))
    expect(response.usage.output_tokens).toBe(9)
  })
})
