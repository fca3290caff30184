import { expect, test } from 'vitest'
import { chatStream, json } from '../testing/transcript.ts'
import {
  askedChoices,
  capOf,
  completionTokens,
  contentOf,
  doneEvent,
  eachChunk,
  eachEntry,
  hasFailed,
  hasReasoning,
  isDamaged,
  isDoneEarly,
  isMisshapen,
  isRefused,
  lineAsked,
  neverCounts,
  payloadOf,
  producedLength,
  promptKey,
  promptTokens,
  stopsOf,
  wantsUsage,
} from './read-chat.ts'

const chat = 'POST /chat/completions'
const chunk = (delta: object, rest: object = {}) => ({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, ...rest }] })

const asked = (request: Readonly<Record<string, unknown>>) => json(chat, {}, { request })
const models = json('GET /models', {})

test('what a request asks for, also one without a body', () => {
  expect([asked({ n: 3 }), asked({ n: 0 }), asked({ n: '3' }), asked({}), models].map(askedChoices)).toEqual([3, 1, 1, 1, 1])
  const both = { max_completion_tokens: 5, max_tokens: 9 }
  expect([asked(both), asked({ max_tokens: 9 }), asked({}), models].map(capOf)).toEqual([5, 9, undefined, undefined])
  const usage = (include_usage: unknown) => asked({ stream_options: { include_usage } })
  expect([usage(true), usage(false), asked({}), models].map(wantsUsage)).toEqual([true, false, false, false])
  expect([asked({}), models].map(stopsOf)).toEqual([[], []])
  expect(lineAsked(models)).toBeUndefined()
})

test('two steps ask the same that send the same messages and tools', () => {
  const messages = [{ role: 'user', content: 'Hi.' }]
  const key = promptKey(asked({ messages, temperature: 1 }))
  expect(promptKey(asked({ messages, temperature: 0 }))).toBe(key)
  expect(promptKey(asked({ messages: [] }))).not.toBe(key)
  expect(promptKey(asked({ messages, tools: [{}] }))).not.toBe(key)
  expect(promptKey(models)).not.toBe(key)
})

test('counts that a completion does not give are unknown', () => {
  const views = [json(chat, { usage: { prompt_tokens: 2, completion_tokens: 0 } }), json(chat, {}), json(chat, [])]
  expect(views.map(promptTokens)).toEqual([2, undefined, undefined])
  expect(views.map(completionTokens)).toEqual([0, undefined, undefined])
})

test('a message has thoughts that are text or details', () => {
  for (const message of [{ reasoning_content: 'Hm.' }, { reasoning: 'Hm.' }, { reasoning_details: [{}] }])
    expect(hasReasoning(message)).toBe(true)
  for (const message of [undefined, {}, { reasoning: '', reasoning_details: [] }, { reasoning_details: 'Hm.' }])
    expect(hasReasoning(message)).toBe(false)
})

test('the content of a choice is the text of its message', () => {
  const choices = [{ message: { content: 'Hi.' } }, { message: { content: [] } }, { message: null }, {}, undefined]
  expect(choices.map(contentOf)).toEqual(['Hi.', undefined, undefined, undefined, undefined])
})

test('a status refuses what was asked, unless it speaks of key, load or server', () => {
  const refused = (status: number) => isRefused(json(chat, {}, { status }))
  for (const status of [400, 404, 405, 415, 422, 501]) expect(refused(status)).toBe(true)
  for (const status of [200, 401, 403, 429, 500, 503]) expect(refused(status)).toBe(false)
})

test('the length of all that was produced for a choice', () => {
  const call = { function: { name: 'abc', arguments: '{"x":1}' } }
  const message = { content: 'ab', refusal: 'c', reasoning_content: 'def', tool_calls: [call, call, null, {}, { function: { name: 5 } }] }
  expect(producedLength({ message })).toBe(26)
  expect(producedLength({ message: { refusal: 'abc' } })).toBe(3)
  expect(producedLength({ message: { content: 5, tool_calls: {} } })).toBe(0)
  expect(producedLength({})).toBe(0)
})

test('what a delta adds', () => {
  expect(payloadOf({ content: '', refusal: 'x' })).toBe('refusal')
  for (const name of ['content', 'refusal', 'reasoning_content', 'reasoning']) expect(payloadOf({ [name]: 'x' })).toBe(name)
  for (const name of ['reasoning_details', 'tool_calls']) {
    expect(payloadOf({ [name]: [1] })).toBe(name)
    expect(payloadOf({ [name]: [] })).toBeUndefined()
  }
  expect(payloadOf({ function_call: {} })).toBe('function_call')
  for (const delta of [undefined, {}, { content: 5 }, { role: 'assistant' }, { function_call: 'x' }])
    expect(payloadOf(delta)).toBeUndefined()
})

test('the line that is asked for is all behind the colon of the last message', () => {
  const asked = (...texts: unknown[]) => lineAsked(json(chat, {}, { request: { messages: texts.map((content) => ({ content })) } }))
  expect(asked('No: this', 'Repeat this line exactly: a b\nc')).toBe('a b\nc')
  expect(asked('Repeat:  ')).toBeUndefined()
  expect(asked(5)).toBeUndefined()
  expect(asked()).toBeUndefined()
  expect(lineAsked(json(chat, {}, { request: { messages: 5 } }))).toBeUndefined()
})

test('a sentinel is early where a choice finishes behind it and none before', () => {
  const end = chunk({}, { finish_reason: 'stop' })
  expect(isDoneEarly(chatStream(['[DONE]', end]))).toBe(true)
  expect(isDoneEarly(chatStream([end, '[DONE]']))).toBe(false)
  expect(isDoneEarly(chatStream([end, '[DONE]', end]))).toBe(false)
  expect(isDoneEarly(chatStream([end]))).toBe(false)
  expect(isDoneEarly(chatStream(['[DONE]', chunk({})]))).toBe(false)
  expect(doneEvent(chatStream([end, '[DONE]', '[DONE]']))?.index).toBe(1)
})

test('a stream has failed that says so, in place of chunks or beside them', () => {
  expect(hasFailed(chatStream([chunk({}), { error: { message: 'x' } }]))).toBe(true)
  expect(hasFailed(chatStream([{ ...chunk({}), error: { message: 'x' } }]))).toBe(true)
  expect(hasFailed(chatStream([{ ...chunk({}), error: null }, '[]', 'noise']))).toBe(false)
})

test('chunks are objects that look like chunks: no failures, and no filter results of Azure', () => {
  const filter = { id: '', object: '', choices: [], prompt_filter_results: [] }
  const seen = (...list: (object | string)[]) => {
    const found: number[] = []
    eachChunk(chatStream(list), (_, { index }) => found.push(index))
    return found
  }
  expect(seen(filter, chunk({}), { error: {} }, [], 'x', { zz: 1 }, { id: 'x' })).toEqual([1, 6])
  expect(
    seen({ ...filter, id: 'x' }, { ...filter, object: 'x' }, { ...filter, choices: [1] }, { id: '', object: '', choices: [] }),
  ).toEqual([0, 1, 2, 3])
  expect(seen({ ...filter, choices: undefined })).toEqual([0])
})

test('chunks that went under damage a stream', () => {
  const damaged = (...list: (object | string)[]) => isDamaged(chatStream(list))
  expect(damaged(chunk({}), '[DONE]')).toBe(false)
  expect(damaged('{"a":1}{"b":2}')).toBe(true)
  expect(damaged('noise')).toBe(false)
  expect(damaged('error {')).toBe(false)
  expect(damaged('"{}"')).toBe(true)
  expect(damaged('"x"')).toBe(false)
  expect(damaged([chunk({})])).toBe(true)
  expect(damaged('1\n\n{"id":"c"}')).toBe(true)
  expect(damaged('1\n\nnoise')).toBe(false)
  expect(isDamaged(json(chat, {}))).toBe(false)
})

test('entries are whole where every one says which choice it belongs to', () => {
  const whole = (...list: (object | string)[]) => eachEntry(chatStream(list), () => undefined)
  expect(whole(chunk({}), { choices: [] })).toBe(true)
  expect(whole({ choices: [{ delta: {} }] })).toBe(false)
  expect(whole({ id: 'c' })).toBe(false)
  expect(whole(chunk({}), '{"a":1}{"b":2}')).toBe(false)
  expect(whole({ zz: 1 }, { error: {}, id: 'x' })).toBe(true)
})

test('stop sequences are one or several texts', () => {
  const stops = (stop: unknown) => stopsOf(json(chat, {}, { request: { stop } }))
  expect(stops('a')).toEqual(['a'])
  expect(stops(['a', '', 5, 'b'])).toEqual(['a', 'b'])
  expect(stops(undefined)).toEqual([])
})

test('more than two steps with one count do not count', () => {
  const views = (...counts: unknown[]) => counts.map((prompt_tokens) => json(chat, { usage: { prompt_tokens } }))
  expect(neverCounts(views(5, 5, 5))).toBe(true)
  expect(neverCounts(views(5, 5))).toBe(false)
  expect(neverCounts(views(5, 5, 6))).toBe(false)
  expect(neverCounts(views(5, null, 5, 5))).toBe(true)
  expect(neverCounts(views(5, 5, null))).toBe(false)
  expect(neverCounts(views(0, 0, 0))).toBe(false)
  expect(views(0, -1, 3, '4').map(promptTokens)).toEqual([undefined, undefined, 3, undefined])
})

test('a stream is misshapen that is damaged, or that its schema says so of', () => {
  const shape = (requirement: string) => [{ requirement, violation: { code: 'type', at: { in: 'end' as const } } }]
  for (const name of ['stream.choices-array', 'stream.choice-shape', 'stream.content-type']) {
    expect(isMisshapen(chatStream([chunk({})], { shape: [...shape('chat.created'), ...shape(name)] }))).toBe(true)
    expect(isMisshapen(json(chat, {}, { shape: shape(name) }))).toBe(false)
  }
  expect(isMisshapen(chatStream([chunk({})], { shape: shape('chat.created') }))).toBe(false)
  expect(isMisshapen(chatStream(['{"a":1}{"b":2}']))).toBe(true)
})
