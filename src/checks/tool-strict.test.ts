import { expect, test } from 'vitest'
import { call, declare, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStrict } from './tool-strict.ts'

const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
  required: ['city', 'unit'],
  additionalProperties: false,
}
const request = { tools: [declare('get_weather', { strict: true, parameters })] }
const says = (text: string, more = {}) => judged(toolStrict, reply({ calls: [call('a', text)], request, ...more }))

test('holds', () => expect(says('{"city":"Paris","unit":"c"}')).toEqual(['held']))
test('missing', () => expect(says('{"unit":"c"}')).toEqual(['missing-property']))
test('type', () => expect(says('{"city":1,"unit":"c"}')).toEqual(['wrong-type']))
test('enum', () => expect(says('{"city":"Paris","unit":"kelvin"}')).toEqual(['not-in-enum']))
test('additional', () => expect(says('{"city":"Paris","unit":"c","country":"FR"}')).toEqual(['additional-property']))
test('refused', () => expect(says('{}', { options: { status: 400 } })).toEqual(['refused']))
test('cut', () => expect(says('{}', { finish: 'length' })).toEqual(['unobserved']))
test('not strict', () => expect(judged(toolStrict, reply({ calls: [call('a', '{}')] }))).toEqual(['unobserved']))
