import { describe, expect, it } from 'vitest'
import { asking } from './ask.ts'
import type { Json } from './exchange.ts'

const ask = asking()

const chat = (members: Json) =>
  ask('/chat/completions', { body: { model: 'reference', messages: [{ role: 'user', content: 'Hello' }], ...members } })

const user = (content: Json) => [{ role: 'user', content }]
const tool = (definition: Json) => ({ tools: [{ type: 'function', function: definition }] })

describe('errors', () => {
  it.each<[string, Json, number, string | null, string | null]>([
    ['no messages', { messages: undefined }, 400, 'messages', 'missing_required_parameter'],
    ['messages as a string', { messages: 'hi' }, 400, 'messages', 'invalid_type'],
    ['no message', { messages: [] }, 400, 'messages', 'array_below_min_length'],
    ['no role', { messages: [{ content: 'hi' }] }, 400, 'messages[0].role', 'missing_required_parameter'],
    ['an unknown role', { messages: [{ role: 'wizard', content: 'hi' }] }, 400, 'messages[0].role', 'invalid_value'],
    ['an unknown part', { messages: user([{ type: 'hologram', data: 'x' }]) }, 400, 'messages[0].content[0].type', 'invalid_value'],
    ['no model', { model: undefined }, 400, 'model', 'missing_required_parameter'],
    ['an unknown model', { model: 'no-such-model-zz' }, 404, null, 'model_not_found'],
    ['a temperature in words', { temperature: 'hot' }, 400, 'temperature', 'invalid_type'],
    ['a temperature too high', { temperature: 2.5 }, 400, 'temperature', 'above_max_value'],
    ['a cap in words', { max_tokens: 'many' }, 400, 'max_tokens', 'invalid_type'],
    ['a cap of zero', { max_tokens: 0 }, 400, 'max_tokens', 'below_min_value'],
    ['half a token', { max_tokens: 1.5 }, 400, 'max_tokens', 'invalid_type'],
    ['a stream switch in words', { stream: 'yes' }, 400, 'stream', 'invalid_type'],
    ['a stop that is a number', { stop: 5 }, 400, 'stop', 'invalid_type'],
    ['tools that are no list', { tools: {} }, 400, 'tools', 'invalid_type'],
    ['top_p too high', { top_p: 1.5 }, 400, 'top_p', 'above_max_value'],
    ['a penalty too high', { presence_penalty: 3 }, 400, 'presence_penalty', 'above_max_value'],
    ['top_logprobs alone', { top_logprobs: 2 }, 400, 'top_logprobs', 'invalid_value'],
    ['stream_options alone', { stream_options: { include_usage: true } }, 400, 'stream_options', 'invalid_value'],
    ['a choice without tools', { tool_choice: 'auto' }, 400, 'tool_choice', 'invalid_value'],
    [
      'a choice of something undeclared',
      { ...tool({ name: 'a' }), tool_choice: { type: 'function', function: { name: 'nope' } } },
      400,
      'tool_choice.function.name',
      'invalid_value',
    ],
    [
      'a tool with an invalid schema',
      tool({ name: 'a', parameters: { type: 'objekt' } }),
      400,
      'tools[0].function.parameters',
      'invalid_function_parameters',
    ],
    ['a tool with a bad name', tool({ name: 'get weather!' }), 400, 'tools[0].function.name', 'invalid_value'],
    ['a tool with a long name', tool({ name: 'x'.repeat(65) }), 400, 'tools[0].function.name', 'invalid_value'],
    ['a tool without a name', tool({}), 400, 'tools[0].function.name', 'missing_required_parameter'],
    ['deprecated functions', { functions: [] }, 400, 'functions', 'unsupported_parameter'],
    ['an unknown format', { response_format: { type: 'yaml' } }, 400, 'response_format.type', 'invalid_value'],
    ['effort for a model that does not think', { reasoning_effort: 'low' }, 400, 'reasoning_effort', 'unsupported_parameter'],
    ['unknown effort', { model: 'reference-thinking', reasoning_effort: 'zz' }, 400, 'reasoning_effort', 'invalid_value'],
    ['a prompt that is too long', { messages: user('x '.repeat(140_000)) }, 400, 'messages', 'context_length_exceeded'],
  ])('name what is wrong: %s', (_, members, status, param, code) => {
    const plain = chat(members)
    expect(plain.status).toBe(status)
    expect(plain.headers['content-type']).toBe('application/json')
    expect(plain.json.error).toMatchObject({ type: 'invalid_request_error', param, code })
    if (!('stream' in members) && !('stream_options' in members)) expect(chat({ ...members, stream: true }).json).toEqual(plain.json)
  })

  it.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['half an object', '{"model":'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ])('refuse a body of %s', (_, raw) => {
    expect(ask('/chat/completions', { raw })).toMatchObject({ status: 400, json: { error: { param: null, code: null } } })
  })

  it('survive deep nesting', () => {
    expect(ask('/chat/completions', { raw: `{"model":"reference","messages":${'['.repeat(2000)}${']'.repeat(2000)}}` }).status).toBe(400)
  })

  it('know paths, methods and labels', () => {
    expect(ask('/no-such-resource', {}).status).toBe(404)
    expect(ask('/chat/completions', { method: 'PUT' })).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' } })
    expect(ask('/chat/completions', { headers: { 'content-type': 'text/plain' } }).status).toBe(415)
    expect(chat({}).status).toBe(200)
  })

  it('look at the key first', () => {
    const keyed = asking({ key: 'sk-right' })
    expect(keyed('/chat/completions', { raw: '{', key: 'missing' })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="wirecheck"' },
    })
    expect(keyed('/chat/completions', { raw: '{', key: 'wrong' }).json.error.code).toBe('invalid_api_key')
  })
})

describe('models', () => {
  const slashed = asking({ models: ['vendor/model'] })

  it('are listed and retrieved, encoded or not', () => {
    expect(slashed('/models', { method: 'GET' }).json).toMatchObject({ object: 'list', data: [{ id: 'vendor/model', object: 'model' }] })
    for (const id of ['vendor/model', 'vendor%2Fmodel']) expect(slashed(`/models/${id}`, { method: 'GET' }).json.id).toBe('vendor/model')
    expect(slashed('/models/no-such-model-zz', { method: 'GET' })).toMatchObject({
      status: 404,
      json: { error: { code: 'model_not_found' } },
    })
  })
})
