import { expect, test } from 'vitest'
import { reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolLegacyFunctions } from './tool-legacy-functions.ts'

const request = { tools: undefined, functions: [{ name: 'get_weather' }], function_call: { name: 'get_weather' } }
const function_call = { name: 'get_weather', arguments: '{}' }

test('holds', () =>
  expect(judged(toolLegacyFunctions, reply({ message: { function_call }, finish: 'function_call', request }))).toEqual(['held']))
test('ignored', () => expect(judged(toolLegacyFunctions, reply({ content: 'Sunny.', request }))).toEqual(['ignored']))
test('free not to call', () => {
  expect(judged(toolLegacyFunctions, reply({ content: 'Sunny.', request: { ...request, function_call: 'auto' } }))).toEqual(['unobserved'])
})
test('refused', () => expect(judged(toolLegacyFunctions, reply({ request, options: { status: 400 } }))).toEqual(['unobserved']))
test('not used', () => expect(judged(toolLegacyFunctions, reply({ content: 'Sunny.' }))).toEqual(['unobserved']))
