import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../types.ts'
import { compileShapes } from './compile.ts'
import { shapeErrors } from './shapes.ts'

const document = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/openai/${name}.json`, import.meta.url), 'utf8')) as JsonObject
const shapes = compileShapes([document('chat.completion'), document('chat.completion.chunk')])
const booked = (name: string, value: unknown) =>
  shapeErrors(shapes, name, value).map(({ requirement, code, pointer }) => `${requirement} ${code} ${pointer}`)

const usage = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 }
const message = { role: 'assistant', content: 'OK', refusal: null }
const choice = { index: 0, message, finish_reason: 'stop', logprobs: null }
const completion = { id: 'a', object: 'chat.completion', created: 1, model: 'm', choices: [choice], usage }
const entry = { index: 0, delta: {}, finish_reason: null }
const chunk = { id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [entry] }

const without = (value: JsonObject, member: string) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== member))
const answer = (change: JsonObject) => booked('chat.completion', { ...completion, ...change })
const choosing = (change: JsonObject) => answer({ choices: [{ ...choice, ...change }] })
const saying = (change: JsonObject) => choosing({ message: { ...message, ...change } })
const calling = (change: JsonObject, called: JsonObject = {}) =>
  saying({ tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}', ...called }, ...change }] })
const piece = (change: JsonObject) => booked('chat.completion.chunk', { ...chunk, ...change })
const entering = (change: JsonObject) => piece({ choices: [{ ...entry, ...change }] })
const adding = (delta: unknown) => entering({ delta })

test('what is legal has no violations', () => {
  expect(answer({})).toEqual([])
  expect(
    answer({
      system_fingerprint: null,
      service_tier: null,
      x_vendor: {},
      usage: { ...usage, prompt_tokens_details: null, queue_time: 0.1 },
    }),
  ).toEqual([])
  expect(saying({ tool_calls: [], annotations: null, audio: null, function_call: null, reasoning_content: 'well' })).toEqual([])
  expect(calling({})).toEqual([])
  expect(choosing({ logprobs: { content: [], refusal: null } })).toEqual([])
  expect(piece({ usage: null, obfuscation: 'xyz', service_tier: null })).toEqual([])
  expect(piece({ choices: [], usage })).toEqual([])
  expect(adding({ role: null, content: null, tool_calls: null, refusal: null })).toEqual([])
  expect(adding({ tool_calls: [{ index: 0, id: null, type: null, function: { name: null, arguments: '' } }] })).toEqual([])
  expect(entering({ message: null })).toEqual([])
  expect(booked('chat.completion.chunk', { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [{}] })).toEqual(
    [],
  )
})

test.each([
  ['object', 'chat.object'],
  ['id', 'chat.id'],
  ['created', 'chat.created'],
  ['model', 'chat.model'],
  ['choices', 'chat.choices'],
  ['usage', 'usage.present'],
])('a completion without %s violates %s', (member, requirement) =>
  expect(booked('chat.completion', without(completion, member))).toEqual([`${requirement} missing /${member}`]),
)

test('each violation of a completion is booked once, where it belongs', () => {
  expect(booked('chat.completion', [])).toEqual(['chat.object type '])
  expect(booked('chat.completion', { answer: completion })).toEqual(['chat.object missing /object'])
  expect(answer({ choices: [without(choice, 'message')] })).toEqual(['chat.message.role missing /choices/0/message'])
  expect(choosing({ message: 'OK' })).toEqual(['chat.message.role type /choices/0/message'])
  expect(answer({ object: 'chat.completion.chunk' })).toEqual(['chat.object value /object'])
  expect(answer({ id: '' })).toEqual(['chat.id empty /id'])
  expect(answer({ created: '1' })).toEqual(['chat.created type /created'])
  expect(answer({ created: 1.5 })).toEqual(['chat.created type /created'])
  expect(answer({ model: null })).toEqual(['chat.model type /model'])
  expect(answer({ choices: [] })).toEqual(['chat.choices empty /choices'])
  expect(answer({ choices: { 0: choice } })).toEqual(['chat.choices type /choices'])
  expect(answer({ choices: [without(choice, 'index')] })).toEqual(['chat.choices missing /choices/0/index'])
  expect(answer({ choices: [without(choice, 'logprobs')] })).toEqual(['chat.logprobs-key missing /choices/0/logprobs'])
  expect(answer({ choices: [without(choice, 'finish_reason')] })).toEqual(['chat.finish-reason missing /choices/0/finish_reason'])
  expect(choosing({ finish_reason: null })).toEqual(['chat.finish-reason value /choices/0/finish_reason'])
  expect(choosing({ finish_reason: 'eos' })).toEqual(['chat.finish-reason value /choices/0/finish_reason'])
  expect(choosing({ index: '0' })).toEqual(['chat.choices type /choices/0/index'])
  expect(choosing({ message: without(message, 'content') })).toEqual(['chat.message.content missing /choices/0/message/content'])
  expect(choosing({ message: without(message, 'role') })).toEqual(['chat.message.role missing /choices/0/message/role'])
  expect(choosing({ message: without(message, 'refusal') })).toEqual(['chat.message.refusal-key missing /choices/0/message/refusal'])
  expect(saying({ content: [{ type: 'text', text: 'OK' }] })).toEqual(['chat.message.content type /choices/0/message/content'])
  expect(saying({ role: 'user' })).toEqual(['chat.message.role value /choices/0/message/role'])
  expect(saying({ refusal: false })).toEqual(['chat.message.refusal-key type /choices/0/message/refusal'])
  expect(saying({ tool_calls: null })).toEqual(['chat.message.no-null-tool-calls forbidden /choices/0/message/tool_calls'])
  expect(saying({ annotations: 'none' })).toEqual(['chat.extensions-additive type /choices/0/message/annotations'])
  expect(answer({ service_tier: { name: 'fast' } })).toEqual(['chat.extensions-additive type /service_tier'])
})

test('usage', () => {
  expect(answer({ usage: null })).toEqual(['usage.present type /usage'])
  expect(answer({ usage: without(usage, 'total_tokens') })).toEqual(['usage.present missing /usage/total_tokens'])
  expect(answer({ usage: { ...usage, prompt_tokens: '5' } })).toEqual(['usage.present type /usage/prompt_tokens'])
  expect(answer({ usage: { ...usage, completion_tokens: -1 } })).toEqual(['usage.present range /usage/completion_tokens'])
  expect(answer({ usage: { ...usage, prompt_tokens_details: { cached_tokens: 'all' } } })).toEqual([
    'usage.cached type /usage/prompt_tokens_details/cached_tokens',
  ])
  expect(answer({ usage: { ...usage, completion_tokens_details: { reasoning_tokens: -3 } } })).toEqual([
    'usage.reasoning range /usage/completion_tokens_details/reasoning_tokens',
  ])
  expect(piece({ usage: without(usage, 'prompt_tokens') })).toEqual(['stream.usage.on-request missing /usage/prompt_tokens'])
  expect(piece({ usage: { ...usage, total_tokens: null } })).toEqual(['stream.usage.on-request type /usage/total_tokens'])
})

test('calls', () => {
  const at = '/choices/0/message/tool_calls'
  expect(saying({ tool_calls: {} })).toEqual([`tools.call type ${at}`])
  expect(calling({ id: '' })).toEqual([`tools.call empty ${at}/0/id`])
  expect(calling({ type: 'tool' })).toEqual([`tools.call value ${at}/0/type`])
  expect(calling({}, { name: '' })).toEqual([`tools.call empty ${at}/0/function/name`])
  expect(calling({}, { arguments: {} })).toEqual([`tools.call.arguments-string type ${at}/0/function/arguments`])
  expect(saying({ tool_calls: [{ id: 'c', type: 'function', function: { name: 'f' } }] })).toEqual([
    `tools.call.arguments-string missing ${at}/0/function/arguments`,
  ])
})

test.each([
  ['object', 'stream.object'],
  ['id', 'stream.id-stable'],
  ['created', 'chat.created'],
  ['model', 'chat.model'],
  ['choices', 'stream.choices-array'],
])('a chunk without %s violates %s', (member, requirement) =>
  expect(booked('chat.completion.chunk', without(chunk, member))).toEqual([`${requirement} missing /${member}`]),
)

test('each violation of a chunk is booked once, where it belongs', () => {
  expect(booked('chat.completion.chunk', { done: true })).toEqual(['stream.object missing /object'])
  expect(booked('chat.completion.chunk', [])).toEqual([])
  expect(piece({ object: 'chat.completion' })).toEqual(['stream.object value /object'])
  expect(piece({ id: '' })).toEqual(['stream.id-stable empty /id'])
  expect(piece({ choices: null })).toEqual(['stream.choices-array type /choices'])
  expect(piece({ choices: [null] })).toEqual(['stream.choice-shape type /choices/0'])
  expect(piece({ choices: [without(entry, 'index')] })).toEqual(['stream.choice-shape missing /choices/0/index'])
  expect(piece({ choices: [without(entry, 'delta')] })).toEqual(['stream.choice-shape missing /choices/0/delta'])
  expect(piece({ choices: [without(entry, 'finish_reason')] })).toEqual(['stream.finish-key missing /choices/0/finish_reason'])
  expect(entering({ message: { role: 'assistant' } })).toEqual(['stream.choice-shape forbidden /choices/0'])
  expect(entering({ finish_reason: '' })).toEqual(['stream.finish-once value /choices/0/finish_reason'])
  expect(adding(null)).toEqual(['stream.choice-shape type /choices/0/delta'])
  expect(adding({ role: '' })).toEqual(['stream.role-value value /choices/0/delta/role'])
  expect(adding({ content: ['OK'] })).toEqual(['stream.content-type type /choices/0/delta/content'])
  expect(piece({ obfuscation: 5 })).toEqual(['stream.obfuscation type /obfuscation'])
  const at = '/choices/0/delta/tool_calls'
  expect(adding({ tool_calls: [{ function: { arguments: '' } }] })).toEqual([`tools.stream.index missing ${at}/0/index`])
  expect(adding({ tool_calls: [{ index: '0' }] })).toEqual([`tools.stream.index type ${at}/0/index`])
  expect(adding({ tool_calls: [{ index: 0, id: 5 }] })).toEqual([`tools.stream.head type ${at}/0/id`])
  expect(adding({ tool_calls: [{ index: 0, function: { arguments: {} } }] })).toEqual([
    `tools.stream.arguments type ${at}/0/function/arguments`,
  ])
})
