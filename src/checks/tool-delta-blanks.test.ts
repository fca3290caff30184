import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolDeltaBlanks } from './tool-delta-blanks.ts'

const said = (...entries: object[]) => judged(toolDeltaBlanks, calls([head(0, 'a', ''), ...entries]))

test('holds', () => expect(said(more(0, '{'), more(0, '}'))).toEqual(['held']))
test('what is repeated is judged elsewhere', () => expect(said(head(0, 'a', '{}'))).toEqual(['held']))
test.each([null, ''])('%j', (blank) => {
  expect(said({ ...more(0, '{}'), id: blank })).toEqual(['blank-id'])
  expect(said({ ...more(0, '{}'), type: blank })).toEqual(['blank-type'])
  expect(said({ index: 0, function: { name: blank, arguments: '{}' } })).toEqual(['blank-name'])
})
test('one for each call and member', () =>
  expect(said({ ...more(0, '{'), id: '', type: null }, { ...more(0, '}'), id: '' })).toEqual(['blank-id', 'blank-type']))
test('nothing to look at', () => {
  expect(judged(toolDeltaBlanks, calls([head(0, 'a', '{}')]))).toEqual(['unobserved'])
  expect(judged(toolDeltaBlanks, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
