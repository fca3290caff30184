import { expect, test } from 'vitest'
import { changesAnswer, isSessionRequest, returnsThoughts } from './client-request.ts'

const user = { role: 'user', content: 'Hi.' }
const chat = { model: 'm', messages: [user], stream: true, stream_options: { include_usage: true }, max_tokens: 4096 }
const isChat = (more: object, bytes = 1000) => isSessionRequest('chat', { ...chat, ...more }, bytes)
const input = [{ role: 'user', content: [{ type: 'input_text', text: 'Hi.' }] }]
const isResponses = (more: object) => isSessionRequest('responses', { model: 'm', input, stream: true, ...more }, 1000)

test('what OpenCode sends in a session', () => {
  const tools = [{ type: 'function', function: { name: 'glob', description: 'd', parameters: { type: 'object' } } }]
  expect(isChat({})).toBe(true)
  expect(isChat({ tools, tool_choice: 'auto' })).toBe(true)
  expect(isChat({ messages: [{ role: 'system', content: 's' }, user, user] })).toBe(true)
  expect(isResponses({ tools: [{ type: 'function', name: 'glob', parameters: {}, strict: false }], store: false })).toBe(true)
  const calls = [
    { type: 'function_call', call_id: 'c', name: 'glob', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: 'x' },
  ]
  expect(isResponses({ input: [{ role: 'system', content: 's' }, ...input, ...calls] })).toBe(true)
})

test.each([
  ['a call beside null', { messages: [user, { role: 'assistant', content: null, tool_calls: [] }, user] }],
  ['another member', { n: 2 }],
  ['a named tool', { tool_choice: { type: 'function', function: { name: 'glob' } } }],
  ['a strict tool', { tools: [{ type: 'function', function: { name: 'glob', strict: true } }] }],
  ['more tokens than it ever asks for', { max_tokens: 100_000 }],
  ['a system message in the middle', { messages: [user, { role: 'system', content: 's' }, user] }],
  ['a developer message', { messages: [{ role: 'developer', content: 's' }, user] }],
  ['an answer to go on with', { messages: [user, { role: 'assistant', content: 'I' }] }],
  ['an image', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }] }],
  ['parts where a string will do', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi.' }] }] }],
  ['other options of the stream', { stream_options: { include_obfuscation: false } }],
])('it never sends %s', (_, more) => {
  expect(isChat(more)).toBe(false)
})

test('nor prompts of that size, nor anything that is stored', () => {
  expect(isChat({}, 100_000)).toBe(false)
  expect(isSessionRequest('chat', undefined, 0)).toBe(false)
  expect(isResponses({ store: true })).toBe(false)
  expect(isResponses({ input: 'Hi.' })).toBe(false)
  expect(isResponses({ input: [...input, { type: 'message', id: 'msg_1', role: 'assistant', content: [] }] })).toBe(false)
  expect(isResponses({ previous_response_id: 'resp_1' })).toBe(false)
})

test('requests whose answers look like none that a client asks for', () => {
  expect(changesAnswer({ ...chat, n: 2 })).toBe(true)
  expect(changesAnswer({ ...chat, functions: [] })).toBe(true)
  expect(changesAnswer({ ...chat, tools: [{ type: 'custom' }] })).toBe(true)
  expect(changesAnswer(undefined)).toBe(true)
  expect(changesAnswer(chat)).toBe(false)
})

test('thoughts go back where a model has them, and nowhere else', () => {
  const history = (more: object) => ({ ...chat, messages: [user, { role: 'assistant', content: 'a', ...more }, user] })
  const [plain, thoughtful] = [history({}), history({ reasoning_content: 'hm' })]
  const session = (request: object, thinks: boolean) => isSessionRequest('chat', { ...request }, 1000, thinks)
  expect([session(plain, false), session(plain, true), session(thoughtful, false), session(thoughtful, true)]).toEqual([
    true,
    false,
    false,
    true,
  ])
  expect([returnsThoughts(plain), returnsThoughts(thoughtful)]).toEqual([false, true])
})
