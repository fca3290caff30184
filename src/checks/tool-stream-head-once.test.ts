import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamHeadOnce } from './tool-stream-head-once.ts'

const says = (...entries: object[]) => judged(toolStreamHeadOnce, calls(entries))
const named = (text: string, name: unknown) => ({ index: 0, function: { name, arguments: text } })

test('holds', () => expect(says(head(0, 'a'), more(0, '{'), more(0, '}'))).toEqual(['held']))
test('empty strings and null', () => {
  expect(says(head(0, 'a'), { index: 0, id: '', type: null, function: { name: '', arguments: '{}' } })).toEqual(['held'])
  expect(says(head(0, 'a'), { ...named('{}', null), id: null })).toEqual(['held'])
})
test('id', () => expect(says(head(0, 'a'), { ...more(0, '{'), id: 'a' }, { ...more(0, '}'), id: 'a' })).toEqual(['id-repeated']))
test('name', () => expect(says(head(0, 'a'), named('{}', 'get_weather'))).toEqual(['name-repeated']))
test('a late id is a broken head', () => expect(says(head(0, ''), { ...more(0, '{}'), id: 'a' })).toEqual(['held']))
test('a name in pieces is a broken head', () => expect(says(head(0, 'a', '', 'get_'), named('{}', 'weather'))).toEqual(['held']))
test('a new id is another rule', () => expect(says(head(0, 'a', '{}'), head(0, 'b', '{}'))).toEqual(['unobserved']))
test('the whole call again is another rule', () => expect(says(head(0, 'a', '{}'), head(0, 'a', '{}'))).toEqual(['held']))
test('one delta', () => expect(says(head(0, 'a', '{}'))).toEqual(['unobserved']))
