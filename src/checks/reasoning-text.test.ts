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

test('where a tag stands decides', () => {
  for (const text of ['</think>\n\nOK', ' </think> \n OK', '</think>\nOK']) expect(thinkingTag(text)).toBe('</think>')
  for (const text of ['</think>OK', '</think>OK\nmore', '</think>\n', '</think> OK\n x']) expect(thinkingTag(text)).toBeUndefined()
  expect(thinkingTag('river flows\n</think>OK')).toBe('</think>')
  expect(thinkingTag('river flows</think>\nOK')).toBe('</think>')
  expect(thinkingTag('river\nflows</think>OK')).toBeUndefined()
  expect(thinkingTag('river flows</think>OK\nmore')).toBeUndefined()
  expect(thinkingTag('a <think> river flows</think>OK')).toBe('</think>')
  expect(thinkingTag('  <think> Okay, so')).toBe('<think>')
})
test('thoughts in all their forms, and answers without them', () => {
  const of = (holder: object) => Object.fromEntries(thoughtsOf(holder as never))
  for (const name of ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking']) {
    expect(of({ [name]: 'x' })).toEqual({ [name]: 'x' })
    expect(of({ [name]: ' ' })).toEqual({})
  }
  expect(of({ reasoning_details: ['a', 5, null, { summary: ['b', { text: 'c' }] }, { thinking: 'd' }, { reasoning: 'e' }, {}] })).toEqual({
    reasoning_details: 'abcde',
  })
  expect(of({ reasoning_details: [' '], content: [{ type: 'thinking', thinking: ' ' }] })).toEqual({})
  const content = [
    { type: 'thinking', thinking: 'a' },
    { type: 'text', text: 'b' },
    { type: 'reasoning_text', text: 'c' },
    { type: 'not thinking', text: 'd' },
    {},
    5,
  ]
  expect(of({ content })).toEqual({ 'content[]': 'ac' })
  expect(answerOf({ content } as never)).toBe('bd')
  expect([answerOf({ content: 'x' }), answerOf({}), answerOf({ content: 5 })]).toEqual(['x', '', ''])
  expect(of({})).toEqual({})
})
