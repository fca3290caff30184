import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamSequential } from './tool-stream-sequential.ts'

test('holds', () =>
  expect(judged(toolStreamSequential, calls([head(0, 'a'), more(0, '{}'), head(1, 'b'), more(1, '{}')]))).toEqual(['held']))
test('interleaved', () => {
  expect(judged(toolStreamSequential, calls([head(0, 'a'), head(1, 'b'), more(0, '{}'), more(1, '{}')]))).toEqual(['interleaved'])
})
test('a new call at a lower index is another rule', () => {
  expect(judged(toolStreamSequential, calls([head(1, 'a', '{}'), head(0, 'b'), more(0, '{}')]))).toEqual(['interleaved'])
  expect(judged(toolStreamSequential, calls([head(1, 'a', '{}'), head(0, 'b', '{}')]))).toEqual(['held'])
})
test('one call', () => expect(judged(toolStreamSequential, calls([head(0, 'a'), more(0, '{}')]))).toEqual(['unobserved']))
