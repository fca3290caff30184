import { expect, test } from 'vitest'
import { calls, head, more } from '../testing/tool-replies.ts'
import { json, judged } from '../testing/transcript.ts'
import { toolHeadArguments } from './tool-head-arguments.ts'

const first = (own: object) => ({ index: 0, id: 'a', type: 'function', function: { name: 'get_weather', ...own } })
const said = (entry: object) => judged(toolHeadArguments, calls([entry, more(0, '{}')]))

test('holds', () => {
  expect(said(head(0, 'a', ''))).toEqual(['held'])
  expect(said(first({ arguments: '{' }))).toEqual(['held'])
})
test.each([{}, { arguments: null }])('%j', (own) => expect(said(first(own))).toEqual(['absent']))
test('another type is judged elsewhere', () => expect(said(first({ arguments: {} }))).toEqual(['held']))
test('nothing to look at', () => {
  expect(said({ index: 0, id: 'a', type: 'function' })).toEqual(['unobserved'])
  expect(judged(toolHeadArguments, json('POST /chat/completions', {}))).toEqual(['unobserved'])
})
