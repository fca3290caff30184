import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamIdentity } from './tool-stream-identity.ts'

const says = (entries: Parameters<typeof calls>[0], finish = 'tool_calls') => judged(toolStreamIdentity, calls(entries, { finish }))
const paris = '{"city":"Paris"}'

test('holds', () => expect(says([head(0, 'a'), more(0, paris), head(1, 'b'), more(1, paris)])).toEqual(['held']))
test('all calls at index 0', () => expect(says([head(0, 'a', paris), head(0, 'b', paris)])).toEqual(['reused']))
test('another id for every delta', () => {
  expect(says([head(0, 'a'), { ...more(0, '{"city":'), id: 'b' }, { ...more(0, '"Paris"}'), id: 'c' }])).toEqual(['id-changed'])
})
test('one call at two indexes', () => expect(says([head(0, 'a', '{"city":'), { ...more(1, '"Paris"}'), id: 'a' }])).toEqual(['moved']))
test('one call at two indexes, head and all', () => expect(says([head(0, 'a', '{"city":'), head(1, 'a', '"Paris"}')])).toEqual(['moved']))
test('every delta at the next index', () => expect(says([head(0, 'a'), more(1, '{"city":'), more(2, '"Paris"}')])).toEqual(['moved']))
test('two whole calls with one id are another rule', () => expect(says([head(0, 'a', paris), head(1, 'a', paris)])).toEqual(['held']))
test('a head without id and name is another rule', () => expect(says([head(0, 'a', paris), more(1, paris)])).toEqual(['held']))
test('a repeated id is another rule', () => expect(says([head(0, 'a'), { ...more(0, paris), id: 'a' }])).toEqual(['held']))
test('empty ids mean nothing', () => expect(says([head(0, 'a'), { ...more(0, paris), id: '' }])).toEqual(['held']))
test('cut', () => expect(says([head(0, 'a', '{"ci'), more(1, 'x')], 'length')).toEqual(['held']))
test('no index', () => expect(says([{ id: 'a' }, { id: 'b' }])).toEqual(['unobserved']))
