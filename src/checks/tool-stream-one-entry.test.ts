import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamOneEntry } from './tool-stream-one-entry.ts'

test('holds', () => expect(judged(toolStreamOneEntry, calls([[head(0, 'a', '{}'), head(1, 'b', '{}')], more(1, '')]))).toEqual(['held']))
test('two entries', () => expect(judged(toolStreamOneEntry, calls([[head(0, 'a'), more(0, '{}')]]))).toEqual(['duplicate-index']))
test('two calls at one index are another rule', () => {
  expect(judged(toolStreamOneEntry, calls([[head(0, 'a', '{}'), head(0, 'b', '{}')]]))).toEqual(['unobserved'])
})
test('no calls', () => expect(judged(toolStreamOneEntry, calls([], { finish: 'stop' }))).toEqual(['unobserved']))
