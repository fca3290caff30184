import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamIncremental } from './tool-stream-incremental.ts'

const text = 'The river runs to the sea. '.repeat(10)

test('holds', () =>
  expect(judged(toolStreamIncremental, calls([head(0, 'a'), more(0, '{"text":"'), more(0, text), more(0, '"}')]))).toEqual(['held']))
test('whole', () => expect(judged(toolStreamIncremental, calls([head(0, 'a', `{"text":"${text}"}`)]))).toEqual(['whole']))
test('short', () => expect(judged(toolStreamIncremental, calls([head(0, 'a', '{"text":"x"}')]))).toEqual(['unobserved']))
