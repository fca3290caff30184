import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamHead } from './tool-stream-head.ts'

const says = (...entries: object[]) => judged(toolStreamHead, calls(entries))
const own = { name: 'get_weather', arguments: '' }

test('holds', () => expect(says(head(0, 'a'), more(0, '{}'))).toEqual(['held']))
test('holds without arguments', () =>
  expect(says({ index: 0, id: 'a', type: 'function', function: { name: 'get_weather' } })).toEqual(['held']))
test.each([
  ['absent', { index: 0, type: 'function', function: own }],
  ['null', { index: 0, id: null, type: 'function', function: own }],
  ['empty', { index: 0, id: '', type: 'function', function: own }],
])('id %s', (_, first) => expect(says(first, { ...more(0, '{}'), id: 'a' })).toEqual(['no-id']))
test('no type', () => expect(says({ index: 0, id: 'a', function: own })).toEqual(['no-type']))
test('another type', () => expect(says({ index: 0, id: 'a', type: 'tool', function: own })).toEqual(['wrong-type']))
test('no name', () => {
  expect(says({ index: 0, id: 'a', type: 'function', function: { arguments: '{}' } })).toEqual(['no-name'])
  expect(says({ index: 0, id: 'a', type: 'function', function: { name: '' } })).toEqual(['no-name'])
  expect(says({ index: 0, id: 'a', type: 'function' }, { index: 0, function: own })).toEqual(['no-name'])
})
test('a name in pieces', () => {
  expect(says(head(0, 'a', '', 'get_'), { index: 0, function: { name: 'weather' } })).toEqual(['partial-name'])
  expect(says(head(0, 'a', '', 'get_wea'))).toEqual(['partial-name'])
})
test('an undeclared name is another rule', () => expect(says(head(0, 'a', '', 'functions.get_weather'))).toEqual(['held']))
test('nothing at all', () => expect(says(more(0, '{}'), head(0, 'a'))).toEqual(['no-head']))
test('wrong types are the business of the shape', () => expect(says({ index: 0, id: 7, type: 1, function: { name: 2 } })).toEqual(['held']))
test('no index', () => expect(says({ id: 'a' })).toEqual(['unobserved']))
