import { expect, test } from 'vitest'
import { call, calls, head, more, reply } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolParallel } from './tool-parallel.ts'

test('holds', () => expect(judged(toolParallel, reply({ calls: [call('a'), call('b')] }))).toEqual(['held']))
test('holds in a stream', () =>
  expect(judged(toolParallel, calls([head(0, 'a'), more(0, '{}'), head(1, 'b'), more(1, '{}')]))).toEqual(['held']))
test('one call', () => expect(judged(toolParallel, reply({ calls: [call('a')] }))).toEqual(['unobserved']))
