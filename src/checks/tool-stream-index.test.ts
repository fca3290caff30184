import { expect, test } from 'vitest'
import { calls, head } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamIndex } from './tool-stream-index.ts'

test('holds', () => expect(judged(toolStreamIndex, calls([head(0, 'a')]))).toEqual(['held']))
test('the shape blames a missing index', () =>
  expect(judged(toolStreamIndex, calls([{ id: 'a', type: 'function' }]))).toEqual(['unobserved']))
