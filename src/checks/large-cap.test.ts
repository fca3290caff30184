import { expect, test } from 'vitest'
import { told } from '../testing/told.ts'
import { chatStream, json, judged } from '../testing/transcript.ts'
import { largeCap } from './large-cap.ts'

const said = (content: string, finish_reason: string | null = 'stop') =>
  chatStream([{ choices: [{ index: 0, delta: { content }, finish_reason }] }, '[DONE]'])
const refused = (status: number) => json('POST /chat/completions', { error: { message: 'no' } }, { status, breaks: 'max_tokens' })

test('holds', () => {
  expect(judged(largeCap, [said('OK'), said('OK')])).toEqual(['held'])
  expect(judged(largeCap, [said('OK'), refused(400)])).toEqual(['held'])
  expect(judged(largeCap, [said('OK'), said('', null)])).toEqual(['held'])
})
test('a header that says so is told', () => {
  const headers = [
    ['content-type', 'text/event-stream'],
    ['X-Xerotier-Max-Tokens-Clamped', 'true'],
  ] as const
  const clamped = chatStream([{ choices: [{ index: 0, delta: { content: 'OK' }, finish_reason: 'stop' }] }, '[DONE]'], { headers })
  expect(judged(largeCap, [said('OK'), clamped])).toEqual(['held', 'note:clamped'])
})
test.each([413, 500])('%i', (status) => expect(judged(largeCap, [said('OK'), refused(status)])).toEqual(['status']))
test('an empty answer', () => expect(judged(largeCap, [said('OK'), said('', 'length')])).toEqual(['empty']))
test('silence where there was an answer', () => {
  expect(judged(largeCap, [said('OK.'), said('')])).toEqual(['empty'])
  expect(judged(largeCap, [said('zx 日'), said('')])).toEqual(['unobserved'])
  expect(judged(largeCap, [said('zx OK 日'), said('')])).toEqual(['unobserved'])
})
test('cannot be told', () => {
  expect(judged(largeCap, said('OK'))).toEqual(['unobserved'])
  expect(judged(largeCap, [said(''), said('')])).toEqual(['unobserved'])
  expect(judged(largeCap, [said('OK'), refused(503)])).toEqual(['unobserved'])
})
test('a success of another status is none that was asked for', () => {
  const created = json(
    'POST /chat/completions',
    { choices: [{ index: 0, message: { content: 'OK' }, finish_reason: 'stop' }] },
    { status: 201 },
  )
  expect(judged(largeCap, [said('OK'), created])).toEqual(['status'])
})
test.each([
  ['empty', '**OK**', 'stop'],
  ['empty', 'ok..', 'stop'],
  ['unobserved', 'OK then', 'stop'],
  ['unobserved', 'not OK', 'stop'],
  ['empty', 'zx 日', 'length'],
  ['unobserved', '', 'length'],
])('%s where %j was said before and the silence ends with %s', (expected, before, finish) =>
  expect(judged(largeCap, [said(before), said('', finish)])).toEqual([expected]),
)

const answer = (choice: object) => json('POST /chat/completions', { choices: [{ index: 0, ...choice }] })

test('all that a choice says is its text, and what is no text says nothing', () => {
  for (const choice of [{ finish_reason: 'stop' }, { message: { content: 5 }, finish_reason: 'stop' }])
    expect(judged(largeCap, [answer(choice), said('', 'length')])).toEqual(['unobserved'])
  for (const member of ['content', 'reasoning_content', 'reasoning', 'refusal'])
    expect(judged(largeCap, [said('OK'), answer({ message: { content: '', [member]: 'Hm.' }, finish_reason: 'stop' })])).toEqual(['held'])
  expect(judged(largeCap, [said('OK'), answer({ message: { content: '', reasoning: '' }, finish_reason: 'stop' })])).toEqual(['empty'])
  expect(judged(largeCap, [said('OK'), answer({ message: { content: '' } })])).toEqual(['held'])
})
test('where it is told, and one header at most', () => {
  expect(told(largeCap, [said('OK'), said('')])).toEqual(['empty at /choices/0/message/content: an answer, not ""'])
  const headers = [
    ['content-type', 'text/event-stream'],
    ['X-Clamped', '1'],
    ['X-Max-Tokens-Clamped', '2'],
  ] as const
  const clamped = chatStream([{ choices: [{ index: 0, delta: { content: 'OK' }, finish_reason: 'stop' }] }, '[DONE]'], { headers })
  expect(told(largeCap, [said('OK'), clamped])).toEqual(['clamped at x-clamped: -, not "1"'])
})
