import { expect, test } from 'vitest'
import { calls, declare, head, more } from '../testing/tool-replies.ts'
import { judged } from '../testing/transcript.ts'
import { toolStreamArguments } from './tool-stream-arguments.ts'

const forced = { tool_choice: 'required' }
const says = (fragments: string[], request: Record<string, unknown> = forced, finish = 'tool_calls') =>
  judged(toolStreamArguments, calls([head(0, 'a'), ...fragments.map((text) => more(0, text))], { request, finish }))

test('holds', () => expect(says(['{"city":', '"Paris"}'])).toEqual(['held']))
test('holds interleaved', () => {
  expect(judged(toolStreamArguments, calls([head(0, 'a', '{'), head(1, 'b', '{'), more(0, '}'), more(1, '}')]))).toEqual(['held'])
})
test.each([
  ['empty', []],
  ['not-json', ['{"city":', 'Paris"}']],
  ['not-object', ['["Paris"]']],
  ['double-encoded', ['"{\\"city\\":', '\\"Paris\\"}"']],
  ['trailing', ['{}', '{"city":"Paris"}']],
  ['trailing', ['{"city":"Paris"}', '}']],
  ['cumulative', ['{"city":', '{"city":"Par', '{"city":"Paris"}']],
])('%s', (code, fragments) => expect(says(fragments)).toEqual([code]))
test('a free model may write no JSON', () => expect(says(["{'city': 'Paris'}"], {})).toEqual(['unobserved']))
test('but not what comes from putting together', () => expect(says(['{}', '{"city":"Paris"}'], {})).toEqual(['trailing']))
test('nothing for a function that needs nothing', () => {
  expect(says([], { tools: [declare('get_weather', { parameters: undefined })] })).toEqual(['held', 'note:empty'])
})
test('null instead of nothing is noted', () => {
  const first = { index: 0, id: 'a', type: 'function', function: { name: 'get_weather', arguments: null } }
  expect(judged(toolStreamArguments, calls([first, more(0, '{}')]))).toEqual(['held', 'note:null'])
})
test('cut', () => expect(says(['{"ci'], forced, 'length')).toEqual(['unobserved']))
test('filtered', () => expect(says(['{"ci'], forced, 'content_filter')).toEqual(['unobserved']))
test('a reused index is another rule', () => {
  expect(judged(toolStreamArguments, calls([head(0, 'a', '{}'), head(0, 'b', '{}')], { request: forced }))).toEqual(['unobserved'])
})
test('a call that moved is another rule', () => {
  expect(judged(toolStreamArguments, calls([head(0, 'a', '{"city":'), more(1, '"Paris"}')], { request: forced }))).toEqual(['unobserved'])
})
test('another type is the business of the shape', () => {
  expect(judged(toolStreamArguments, calls([{ index: 0, id: 'a', function: { name: 'get_weather', arguments: {} } }]))).toEqual([
    'unobserved',
  ])
})
