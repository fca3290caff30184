import { expect, test } from 'vitest'
import { isNoise } from './noise.ts'

test.each(['sea \ufffd river', 'OK\u0000', '\u001b[31mred', 'the 日 нет', 'een שלום हिन्दी'])('noise: %j', (text) =>
  expect(isNoise(text)).toBe(true),
)
test.each(['', 'The river runs.\n\tOK 😀', '好的,用户想要 an answer', 'Ответ: yes', '<tool_call>{"name":"x"}'])('text: %j', (text) =>
  expect(isNoise(text)).toBe(false),
)
