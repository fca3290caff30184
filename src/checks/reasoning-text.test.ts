import { expect, test } from 'vitest'
import { answerOf, thinkingTag, thoughtsOf } from './reasoning-text.ts'

test.each([
  '<think>\nOkay, the user asks.\n</think>\n\nOK',
  '\n<think>Okay',
  '<thinking>Hm.</thinking>OK',
  'Okay, the user wants one word.\n</think>\n\nOK',
  'I should answer with one word.</think>OK',
  '好的\n</think>\n\nOK',
  '</think>\n\nOK',
  'Sure. <think>Hm.</think> OK',
  '[THINK]Hm.[/THINK]OK',
  '◁think▷Hm.◁/think▷OK',
  '<|channel|>analysis<|message|>Hm.',
])('%s', (text) => expect(thinkingTag(text)).toBeDefined())

test.each([
  'OK',
  '<think>',
  '</think>',
  '<think>日 нет the',
  'the user日 нет</think>\nOK',
  '\ufffd</think>\n',
  'ryv <think> plo',
  'ryv plo</think> � mid',
  'if (a < b) think()',
  'array[0]',
  '',
])('noise: %s', (text) => expect(thinkingTag(text)).toBeUndefined())

test('thoughts', () => {
  expect([...thoughtsOf({ reasoning_content: 'Hm.', reasoning: '' })]).toEqual([['reasoning_content', 'Hm.']])
  expect([
    ...thoughtsOf({
      reasoning_details: [
        { type: 'reasoning.text', text: 'H' },
        { type: 'reasoning.summary', summary: 'm' },
      ],
    }),
  ]).toEqual([['reasoning_details', 'Hm']])
  expect(thoughtsOf({ reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }).size).toBe(0)
  const content = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
    { type: 'text', text: 'OK' },
  ]
  expect([...thoughtsOf({ content })]).toEqual([['content[]', 'Hm.']])
  expect(answerOf({ content })).toBe('OK')
  expect(thoughtsOf({ reasoning: { odd: 1 }, reasoning_details: 'x', content: 7 }).size).toBe(0)
})
