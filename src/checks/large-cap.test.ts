import { expect, test } from 'vitest'
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
