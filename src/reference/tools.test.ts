import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
  required: ['city'],
}
const weather = { type: 'function', function: { name: 'get_weather', parameters } }
const time = { type: 'function', function: { name: 'get_time', parameters } }

const reply = (content: string, members: Json) =>
  ask('/chat/completions', { body: { model: 'reference', messages: [{ role: 'user', content }], tools: [weather, time], ...members } }).json
    .choices[0]

const calls = (content: string, members: Json = {}): string[] =>
  (reply(content, members).message.tool_calls ?? []).map((call: Json) => `${call.function.name} ${call.function.arguments}`)

const turns = (...messages: Json[]) =>
  ask('/chat/completions', { body: { model: 'reference', messages: [{ role: 'user', content: 'x' }, ...messages], tools: [weather] } })

const called = (id: string, members: Json = { content: null }) => ({
  role: 'assistant',
  ...members,
  tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
})
const result = (id: string, content: Json) => ({ role: 'tool', tool_call_id: id, content })

describe('tool calls', () => {
  it('are made when the question is for a tool', () => {
    expect(calls('What is the weather in Paris? Use the tool.')).toEqual(['get_weather {"city":"Paris"}'])
    expect(calls('Hello')).toEqual([])
    expect(reply('What is the weather in Paris?', {})).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } })
  })

  it('obey the choice', () => {
    expect(calls('What is the weather in Paris?', { tool_choice: 'none' })).toEqual([])
    expect(calls('Hello', { tool_choice: 'required' })).toEqual(['get_weather {"city":"city"}'])
    expect(calls('What is the weather in Paris?', { tool_choice: { type: 'function', function: { name: 'get_time' } } })).toEqual([
      'get_time {"city":"Paris"}',
    ])
    const allowed = {
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'get_time' } }] },
    }
    expect(calls('What is the weather in Paris?', { tool_choice: allowed })).toEqual(['get_time {"city":"Paris"}'])
  })

  it('come several at once unless that is switched off', () => {
    const prompt = 'What is the weather in Paris, Tokyo and Lima? Call the tool once for each city.'
    expect(calls(prompt)).toHaveLength(3)
    expect(calls(prompt, { parallel_tool_calls: false })).toEqual(['get_weather {"city":"Paris"}'])
  })

  it('have empty arguments without parameters', () => {
    expect(calls('Hello', { tools: [{ type: 'function', function: { name: 'ping' } }], tool_choice: 'required' })).toEqual(['ping {}'])
  })

  it('have long arguments on request', () => {
    const note = {
      type: 'function',
      function: { name: 'save_note', parameters: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] } },
    }
    const [call] = calls('Save a note of 100 words. Use the tool.', { tools: [note] })
    expect(call?.split(' ').length).toBeGreaterThan(100)
  })

  it('are cut by the cap', () => {
    expect(reply('What is the weather in Paris?', { max_tokens: 3 })).toMatchObject({ finish_reason: 'length' })
  })

  it('are answered with what the tool said', () => {
    for (const members of [{ content: null }, {}, { content: '' }, { content: null, refusal: null, reasoning_content: 'hm' }]) {
      expect(
        turns(called('functions.get_weather:0', members), result('functions.get_weather:0', '21 degrees')).json.choices[0].message.content,
      ).toContain('21 degrees')
    }
    expect(turns(called('a'), result('a', [{ type: 'text', text: 'plum degrees' }])).text).toContain('plum')
    expect(turns(called('a'), result('a', '')).status).toBe(200)
  })

  it('may be answered in any order, but must be answered', () => {
    const two = {
      role: 'assistant',
      tool_calls: ['a', 'b'].map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
    }
    expect(turns(two, result('b', '2'), result('a', '1')).status).toBe(200)
    expect(turns(two, result('b', '2'), { role: 'user', content: 'y' }).status).toBe(400)
    expect(turns(two).status).toBe(400)
    expect(turns(result('a', '1')).status).toBe(400)
  })
})
