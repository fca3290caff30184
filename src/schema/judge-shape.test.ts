import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chatStream } from '../testing/transcript.ts'
import type { JsonObject } from '../types.ts'
import { compileShapes } from './compile.ts'
import { createShapeJudge } from './judge-shape.ts'

const name = 'chat.completion.chunk'
const document = JSON.parse(readFileSync(new URL(`../../schemas/openai/${name}.json`, import.meta.url), 'utf8')) as JsonObject
const judge = createShapeJudge(compileShapes([document]), [{ endpoint: 'POST /chat/completions', stream: name }])
const chunk = { id: 'a', object: name, created: 1, model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
const { object: _, ...bare } = chunk
const booked = (...events: (object | string)[]) =>
  judge(chatStream(events)).map(({ requirement, violation }) => `${requirement} ${violation.code}`)

test('each event is judged', () => {
  expect(booked(chunk, chunk, '[DONE]')).toEqual([])
  expect(booked(bare, chunk, bare, '[DONE]')).toEqual(['stream.object missing', 'stream.object missing'])
})
test('what follows the sentinel is judged as that', () => expect(booked(chunk, '[DONE]', { ms: 4, object: 'metrics' })).toEqual([]))
test('what stands in the place of the sentinel is no chunk', () => {
  expect(booked(chunk, { done: true })).toEqual([])
  expect(booked(chunk, { done: true }, chunk)).toContain('stream.object missing')
  expect(booked(chunk, bare)).toEqual(['stream.object missing'])
})
test('an error is no chunk', () => expect(booked(chunk, { error: { message: 'no' } })).toEqual([]))
