import { expect, test } from 'vitest'
import { call, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolNoParameters } from './tool-no-parameters.ts'

const request = { tools: [{ type: 'function', function: { name: 'ping' } }] }
const says = (text: string) => judged(toolNoParameters, reply({ calls: [call('a', text, 'ping')], request }))

test('holds', () => expect(says('{}')).toEqual(['held']))
test('holds without text', () => expect(says('')).toEqual(['held']))
test('invented arguments are noted', () => expect(says('{"host":"x"}')).toEqual(['held', 'note:extra-arguments']))
test('null', () => expect(says('null')).toEqual(['null']))
test('refused', () => expect(judged(toolNoParameters, reply({ request, options: { status: 400 } }))).toEqual(['refused']))
test('no JSON is another rule', () => expect(says('{')).toEqual(['unobserved']))
test('no call', () => expect(judged(toolNoParameters, reply({ content: 'Hi.', request }))).toEqual(['unobserved']))
test('all have parameters', () => expect(judged(toolNoParameters, reply({ calls: [call('a')] }))).toEqual(['unobserved']))
