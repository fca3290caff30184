import { expect, test } from 'vitest'
import { isForeign, isNoise } from './noise.ts'

const babble = ' me alphaqu cityParis":of.< getnull**Let Let]assistantalpha quthe the me'

test.each([babble, 'sea \ufffd river', 'OK\u0000', '\u001b[31mred', 'the 日 нет', 'een שלום हिन्दी'])('noise: %j', (text) =>
  expect(isNoise(text)).toBe(true),
)
test.each([
  '',
  'The user asks for the weather, so I call get_weather with {"city": "Paris"} and wait.',
  'The river runs.\n\tOK 😀',
  '好的,用户想要 an answer',
  'Ответ: yes',
  '<tool_call>{"name":"x"}',
])('text: %j', (text) => expect(isNoise(text)).toBe(false))

test('markup is not foreign', () => {
  expect(isForeign('<|python_tag|>get_weather.call(city="Paris", unit="c")')).toBe(false)
  expect(isForeign('<tool_call>\u0000')).toBe(true)
})
