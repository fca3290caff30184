import { expect, test } from 'vitest'
import { answer, block, end, events, fragments, type Json, start, stream, text, use, weather, words } from '../testing/messages.ts'
import { judged } from '../testing/transcript.ts'
import { anthropicStreamDeltas } from './anthropic-stream-deltas.ts'

const of = (list: readonly Json[]) => judged(anthropicStreamDeltas, stream(list, { request: { tools: [weather] } }))
const input = (deltas: Json[], head: Json = {}, reason = 'tool_use') =>
  of([start(), ...block(0, use({ input: {}, ...head }), ...deltas), ...end(reason, 9)])

test('holds', () => {
  expect(of(events())).toEqual(['held'])
  expect(input(fragments('', '{"ci', 'ty":"Paris"}'))).toEqual(['held'])
  expect(input(fragments(''))).toEqual(['held'])
  expect(input(fragments('{"ci'), {}, 'max_tokens')).toEqual(['held'])
  expect(input([], { name: 'undeclared' })).toEqual(['held'])
  const strange = [{ type: 'zz_delta' }, { type: 'citations_delta', citation: {} }]
  expect(of([start(), ...block(0, text(''), ...strange, ...words('a')), ...block(1, { type: 'zz' }, ...words('b')), ...end()])).toEqual([
    'held',
  ])
  expect(of([start(), ...block(0, text(''), ...words('a')), ...end(null, 1), ...end()])).toEqual(['held'])
})
test('inputs', () => {
  expect(input(fragments('{"ci'))).toEqual(['not-json'])
  expect(input(fragments('{"a"', '{"a":1}'))).toEqual(['not-json'])
  expect(input(fragments('"{}"'))).toEqual(['not-object'])
  expect(input([])).toEqual(['no-fragments'])
  expect(input([], { input: { city: 'Paris' } })).toEqual(['no-fragments'])
})
test('types', () => {
  expect(of([start(), ...block(0, text(''), ...fragments('{}')), ...end()])).toEqual(['delta-type'])
  expect(of([start(), ...block(0, { type: 'thinking', thinking: '' }, ...words('a')), ...end()])).toEqual(['delta-type'])
})
test('end', () => {
  expect(of([start(), ...end(null)])).toEqual(['no-stop-reason'])
  expect(of([start(), ...block(0, text(''), ...words('a')), ...end('end_turn', 0)])).toEqual(['uncounted'])
  expect(of([start({ usage: { input_tokens: 1, output_tokens: 5 } }), ...end('end_turn', 2)])).toEqual(['not-cumulative'])
  expect(of([start(), ...block(0, text(''), ...words('x'.repeat(200))), ...end('end_turn', 2)])).toEqual(['not-cumulative'])
})
test('nothing to tell', () => {
  expect(of([start(), { type: 'error', error: { type: 'api_error', message: 'no' } }])).toEqual(['unobserved'])
  expect(of(['{"type":', ...end()])).toEqual(['unobserved'])
  expect(of([start()])).toEqual(['unobserved'])
  expect(judged(anthropicStreamDeltas, answer())).toEqual(['unobserved'])
})
test('deltas that belong nowhere', () => {
  const lost = { type: 'content_block_delta', delta: fragments('{}')[0] }
  expect(
    of([start(), ...block(0, use({ input: {} })).slice(0, 1), lost, ...block(0, use({ input: {} })).slice(1), ...end('tool_use')]),
  ).toEqual(['held'])
})
