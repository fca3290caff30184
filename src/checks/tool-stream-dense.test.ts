import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamDense } from './tool-stream-dense.ts'

test('holds', () => expect(judged(toolStreamDense, calls([head(0, 'a', '{}'), head(1, 'b', '{}'), head(2, 'c', '{}')]))).toEqual(['held']))
test('starts at 1', () => expect(judged(toolStreamDense, calls([head(1, 'a', '{}'), head(2, 'b', '{}')]))).toEqual(['start']))
test('gap', () => expect(judged(toolStreamDense, calls([head(0, 'a', '{}'), head(2, 'b', '{}')]))).toEqual(['gap']))
test('backwards', () => expect(judged(toolStreamDense, calls([head(1, 'a', '{}'), head(0, 'b', '{}')]))).toEqual(['start']))
test('a call that moved is another rule', () =>
  expect(judged(toolStreamDense, calls([head(0, 'a', '{'), more(7, '}')]))).toEqual(['unobserved']))
test('some entries without an index', () =>
  expect(judged(toolStreamDense, calls([{ id: 'a' }, head(1, 'b', '{}')]))).toEqual(['unobserved']))
test('no calls', () => expect(judged(toolStreamDense, calls([], { finish: 'stop' }))).toEqual(['unobserved']))
