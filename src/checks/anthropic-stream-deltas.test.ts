import { expect, test } from 'vitest'
import { answer, block, end, events, fragments, type Json, start, stream, text, use, weather, words } from '../testing/messages.ts'
import { told } from '../testing/told.ts'
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
  expect(of([start({ usage: { input_tokens: 1, output_tokens: 0 } }), ...end('end_turn', 0)])).toEqual(['held'])
  expect(of([start(), ...block(0, text(''), ...words('x'.repeat(96))), ...end('end_turn', 2)])).toEqual(['held'])
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
  expect(input([], { name: 'undeclared', input: { city: 'Paris' } })).toEqual(['no-fragments'])
  expect(input(fragments('{"ci'), {}, 'end_turn')).toEqual(['not-json'])
  expect(input([...fragments('{"ci'), { type: 'zz_delta' }])).toEqual(['not-json'])
  expect(input([{ type: 'input_json_delta', partial_json: 5 }, ...fragments('{"ci')])).toEqual(['held'])
  // only the tools of the caller, and only blocks that came to their end
  expect(input(fragments('{"ci'), { type: 'server_tool_use' })).toEqual(['held'])
  expect(of([start(), ...block(0, use({ input: {} }), ...fragments('{"ci')).slice(0, -1), ...end('tool_use', 9)])).toEqual(['held'])
})
test('types', () => {
  expect(of([start(), ...block(0, text(''), ...fragments('{}')), ...end()])).toEqual(['delta-type'])
  expect(of([start(), ...block(0, { type: 'thinking', thinking: '' }, ...words('a')), ...end()])).toEqual(['delta-type'])
})
test('end', () => {
  for (const reason of [null, '']) expect(of([start(), ...end(reason)])).toEqual(['no-stop-reason'])
  expect(of([start(), { type: 'message_delta', delta: {}, usage: { output_tokens: 2 } }])).toEqual(['no-stop-reason'])
  expect(of([start({ usage: undefined }), ...end(null, 5).slice(0, 1), ...end('end_turn', 2)])).toEqual(['not-cumulative'])
  expect(of([start(), ...block(0, text(''), ...words('x'.repeat(97))), ...end('end_turn', 2)])).toEqual(['not-cumulative'])
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
test('a block without an index, or a delta without a block, leaves it open which input lacks a fragment', () => {
  const broken = block(0, use({ input: {} }), ...fragments('{"ci'))
  const nowhere = broken.map(({ index: _, ...event }) => event)
  expect(of([start(), ...nowhere, ...end('tool_use', 9)])).toEqual(['held'])
  const stray = { type: 'content_block_delta', index: 5, delta: fragments('{}')[0] }
  expect(of([start(), stray, ...broken, ...end('tool_use', 9)])).toEqual(['held'])
  expect(of([start(), { ...stray, delta: undefined }, ...broken, ...end('tool_use', 9)])).toEqual(['not-json'])
})
test('an event of another type adds nothing to a block', () => {
  const [opened, ...rest] = block(0, use({ input: {} }), ...fragments('{}'))
  expect(of([start(), opened, { type: 'zz', index: 0, delta: fragments('x')[0] }, ...rest, ...end('tool_use', 9)])).toEqual(['held'])
})
test('where it is told', () => {
  const tale = (list: readonly Json[]) => told(anthropicStreamDeltas, stream(list, { request: { tools: [weather] } }))
  const odd = block(0, text(''), ...fragments('{}'), { type: 'thinking_delta', thinking: 'Hm.' })
  expect(tale([start(), ...odd, ...end()])).toEqual(['delta-type at /delta/type: a delta of a text block, not input_json_delta'])
  expect(tale([start(), ...block(0, use()), ...end('tool_use', 9)])).toEqual([
    'no-fragments at /content_block/input: fragments that join to a JSON object, not the whole input at the start',
  ])
  expect(tale([start(), ...block(0, text(''), ...words('a')), ...end('', 0)])).toEqual([
    'no-stop-reason at /delta/stop_reason: a stop reason, not ""',
    'uncounted at /usage/output_tokens: > 0, not 0',
  ])
})
test('an input is broken where its block stops', () => {
  const view = stream([start(), ...block(0, use({ input: {} }), ...fragments('{"ci')), ...end('tool_use', 9)])
  expect(
    anthropicStreamDeltas.judge([view], undefined, { requirement: 'some.requirement', traits: new Set(), declared: false }),
  ).toMatchObject({ violations: [{ code: 'not-json', at: { in: 'event', index: 3 } }] })
})
