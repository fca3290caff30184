import { expect, test } from 'vitest'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { answerOnStop } from './answer-on-stop.ts'

const answer = (message: object, finish_reason = 'stop', completion_tokens = 9) =>
  json('POST /chat/completions', {
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
    usage: { completion_tokens },
  })

test('holds', () => {
  expect(judged(answerOnStop, answer({ content: 'OK' }))).toEqual(['held'])
  expect(judged(answerOnStop, answer({ content: ' ', reasoning_content: 'well' }))).toEqual(['held'])
  expect(judged(answerOnStop, chatStream([{ choices: [{ index: 0, delta: { content: 'OK' }, finish_reason: 'stop' }] }]))).toEqual(['held'])
})
const thought = 'The user wants to know the price of the ball, which is 0.05.'

test('thoughts without an answer', () => {
  expect(judged(answerOnStop, answer({ content: null, reasoning_content: thought }))).toEqual(['reasoning-only'])
  expect(judged(answerOnStop, answer({ content: '', reasoning_details: [{}] }, 'stop', 0))).toEqual(['reasoning-only'])
})
test('thoughts that took all the room', () => {
  const view = json(
    'POST /chat/completions',
    {
      choices: [{ index: 0, message: { content: '', reasoning_content: thought }, finish_reason: 'stop' }],
      usage: { completion_tokens: 16 },
    },
    { request: { max_tokens: 16 } },
  )
  expect(judged(answerOnStop, view)).toEqual(['unobserved'])
})
test('tokens without text', () => {
  expect(judged(answerOnStop, answer({ content: '' }))).toEqual(['empty'])
  expect(judged(answerOnStop, answer({ content: null }))).toEqual(['empty'])
})
test('the model may have said nothing, or something else', () => {
  expect(judged(answerOnStop, answer({ content: null, reasoning_content: 'well' }))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: null, reasoning_content: `${thought} \ufffd` }))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: '' }, 'stop', 2))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: null }, 'length'))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: null, refusal: 'No.' }))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: null, tool_calls: [{}] }))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({ content: [] }))).toEqual(['unobserved'])
  expect(judged(answerOnStop, answer({}))).toEqual(['unobserved'])
  expect(
    judged(
      answerOnStop,
      chatStream([{ choices: [{ index: 0, delta: [], finish_reason: 'stop' }] }], {
        shape: [{ requirement: 'stream.choice-shape', violation: { code: 'type', at: { in: 'end' } } }],
      }),
    ),
  ).toEqual(['unobserved'])
  expect(judged(answerOnStop, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
