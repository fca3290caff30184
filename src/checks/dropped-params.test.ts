import { expect, test } from 'vitest'
import { json, judged } from '../testing/transcript.ts'
import { droppedParams } from './dropped-params.ts'

const choice = (content: string, index = 0) => ({ index, message: { role: 'assistant', content }, finish_reason: 'stop', logprobs: null })
const asked = (request: object, ...contents: string[]) =>
  json('POST /chat/completions', { choices: contents.map(choice) }, { request: { ...request } })
const several = (...contents: string[]) => asked({ n: 2 }, ...contents)
const probabilities = asked({ logprobs: true }, 'OK')
const mode = (text: string) => asked({ response_format: { type: 'json_object' } }, text)

test('holds', () => expect(judged(droppedParams, [several('a', 'b'), mode('{}')])).toEqual(['held']))
test('several without effect', () => {
  expect(judged(droppedParams, [several('a'), probabilities])).toEqual(['ignored'])
  expect(judged(droppedParams, [several('a'), mode('Prose.'), several('a')])).toEqual(['ignored'])
})
test('unobserved', () => {
  expect(judged(droppedParams, [several('a'), mode('{}')])).toEqual(['unobserved'])
  expect(judged(droppedParams, [several('a'), several('a')])).toEqual(['unobserved'])
  // what has its effect now and then is not dropped
  expect(judged(droppedParams, [several('a'), several('a', 'b'), probabilities])).toEqual(['unobserved'])
  expect(judged(droppedParams, [asked({}, 'OK')])).toEqual(['unobserved'])
})
