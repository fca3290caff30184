import { expect, test } from 'vitest'
import { observed } from '../testing/observed.ts'
import { chunk } from '../testing/tool-replies.ts'
import { chatStream } from '../testing/transcript.ts'
import { streamUsageDefault } from './stream-usage-default.ts'

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const stream = (asked: boolean, told: boolean) =>
  chatStream([chunk({ content: 'Hi.' }), chunk({}, 'stop'), ...(told ? [{ choices: [], usage }] : []), '[DONE]'], {
    request: asked ? { stream_options: { include_usage: true } } : {},
  })

test('always', () => expect(observed(streamUsageDefault, stream(true, true), stream(false, true))).toBe('always'))
test('when-asked', () => expect(observed(streamUsageDefault, stream(true, true), stream(false, false))).toBe('when-asked'))
test('never', () => expect(observed(streamUsageDefault, stream(true, false), stream(false, false))).toBe('never'))
test('nothing to tell', () => {
  expect(observed(streamUsageDefault, stream(true, true))).toBeUndefined()
  expect(observed(streamUsageDefault, stream(false, false))).toBeUndefined()
})
