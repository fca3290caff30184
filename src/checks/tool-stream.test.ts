import { expect, test } from 'vitest'
import { calls, chunk, head, more } from '../testing/tool-replies.ts'
import { chatStream, json } from '../testing/transcript.ts'
import { confusedCalls, isFinishedReply, isPartial, joinedArguments, soundReplies, streamedCalls } from './tool-stream.ts'

const replyOf = (view: Parameters<typeof streamedCalls>[0]) => {
  const [reply] = streamedCalls(view)
  if (!reply) throw new Error('no reply')
  return reply
}

test('collects by index', () => {
  const reply = replyOf(calls([head(0, 'a'), more(0, '{'), [more(0, '}'), head(1, 'b')]]))
  expect(reply.entries).toBe(4)
  expect([...reply.calls.keys()]).toEqual([0, 1])
  expect(joinedArguments(reply.calls.get(0) ?? [])).toBe('{}')
  expect(reply.finish).toBe('tool_calls')
  expect(streamedCalls(json('POST /chat/completions', {}))).toEqual([])
})

test('a delta knows its place, and an empty id or name is none', () => {
  const nameless = { index: 1, id: '', function: { name: '', arguments: '{' } }
  const { deltas } = replyOf(calls([[head(0, 'a'), nameless], { index: 2 }]))
  expect(deltas.map((delta) => [delta.event.index, delta.pointer, delta.index, delta.id, delta.name, delta.arguments])).toEqual([
    [1, '/choices/0/delta/tool_calls/0', 0, 'a', 'get_weather', ''],
    [1, '/choices/0/delta/tool_calls/1', 1, undefined, undefined, '{'],
    [2, '/choices/0/delta/tool_calls/0', 2, undefined, undefined, undefined],
  ])
})

test.each([
  [[null, 'stop'], 'stop', 1],
  [['stop', 'length'], 'stop', 2],
  [[5, 'stop'], 'stop', 1],
  [['', ''], '', 0],
  [[null], null, 0],
])('%j finishes with %j, %i times', (reasons, finish, finishes) => {
  const reply = replyOf(chatStream(reasons.map((reason) => chunk({}, reason as string | null))))
  expect(reply).toMatchObject({ finish, finishes })
})

test.each([
  ['stop', true],
  ['tool_calls', true],
  ['function_call', true],
  ['length', false],
  ['', false],
  [null, false],
])('that a reply is finished with %j is %s', (finish, finished) =>
  expect(isFinishedReply(replyOf(chatStream([chunk({}, finish)])))).toBe(finished),
)

test('entries without an index are counted but not used', () => {
  const view = calls([{ id: 'a' }, { ...head(0, 'a'), index: '0' }, { ...head(0, 'a'), index: -1 }])
  expect(replyOf(view).entries).toBe(3)
  expect(replyOf(view).deltas).toEqual([])
  expect(soundReplies(view)).toEqual([])
})

test('entries after the finish belong to no call', () => {
  const reply = replyOf(
    chatStream([chunk({ tool_calls: [head(0, 'a', '{}')] }), chunk({}, 'tool_calls'), chunk({ tool_calls: [more(0, 'x')] })]),
  )
  expect(joinedArguments(reply.calls.get(0) ?? [])).toBe('{}')
  expect(reply.late).toMatchObject({ event: { index: 2 }, pointer: '/choices/0/delta/tool_calls' })
})

test('an empty finish ends nothing, and an empty list comes too late for nothing', () => {
  const open = replyOf(chatStream([chunk({}, ''), chunk({ tool_calls: [head(0, 'a', '{}')] })]))
  expect([open.deltas.length, open.late]).toEqual([1, undefined])
  expect(replyOf(chatStream([chunk({}, 'stop'), chunk({ tool_calls: [] })])).late).toBeUndefined()
})

test('a call that is no list counts as an entry that cannot be read', () => {
  const view = chatStream([chunk({ tool_calls: head(0, 'a', '{}') }), chunk({}, 'tool_calls')])
  expect(replyOf(view)).toMatchObject({ entries: 1, deltas: [] })
  expect(soundReplies(view)).toEqual([])
})

test('a stream that failed or lost chunks makes every reply unsound', () => {
  const whole = [chunk({ tool_calls: [head(0, 'a', '{}')] }), chunk({}, 'tool_calls')]
  expect(soundReplies(chatStream(whole))).toHaveLength(1)
  for (const odd of [{ error: { message: 'no' } }, '{"a":1}{"b":2}', '[{}]', '"{}"']) {
    expect(soundReplies(chatStream([...whole, odd]))).toEqual([])
  }
})

test('survives anything', () => {
  const odd = [null, 1, 'x', [], {}].map((entry) => chunk({ tool_calls: [entry] }))
  expect(() => streamedCalls(chatStream([...odd, chunk({ tool_calls: {} }), { choices: null }, 'x']))).not.toThrow()
})

test('fragments of another type leave the arguments to the shape', () => {
  expect(joinedArguments(replyOf(calls([{ index: 0, function: { arguments: {} } }])).calls.get(0) ?? [])).toBeUndefined()
  expect(joinedArguments(replyOf(calls([{ index: 0, function: { arguments: null } }, more(0, '{}')])).calls.get(0) ?? [])).toBe('{}')
  expect(joinedArguments(replyOf(calls([{ index: 0, id: 'a' }, more(0, '{}')])).calls.get(0) ?? [])).toBe('{}')
})

test('a call that moved makes the whole reply unsound', () => {
  const view = calls([head(0, 'a', '{"city":'), more(1, '"Paris"}')])
  expect([...confusedCalls(replyOf(view)).values()].map(({ code }) => code)).toEqual(['moved'])
  expect(soundReplies(view)).toEqual([])
})

const anonymous = (index: number, text: string) => ({ index, function: { name: 'get_weather', arguments: text } })
const nameless = (index: number, id: string, text: string) => ({ index, id, function: { arguments: text } })

test.each<readonly [string, readonly object[]]>([
  ['later deltas without an id', [head(0, 'a', '{'), more(0, '}')]],
  ['an id that comes late', [anonymous(0, '{'), nameless(0, 'a', '}')]],
  ['two calls', [head(0, 'a', '{"ci'), head(1, 'b', '{"ci')]],
  ['two whole calls under one id', [head(0, 'a', '{}'), head(1, 'a', '{}')]],
  ['two whole calls under one id, the first without arguments', [head(0, 'a', ''), head(1, 'a', '{}')]],
  ['two whole calls under one id, the second without arguments', [head(0, 'a', '{}'), head(1, 'a', '')]],
  ['a fragment of nobody behind a whole call', [head(0, 'a', '{'), more(0, '}'), more(1, '{}')]],
  ['an empty fragment of nobody', [head(0, 'a', '{'), more(1, '')]],
  ['a call without an id behind half a call', [head(0, 'a', '{'), anonymous(1, '{}')]],
  ['a call without a name behind half a call', [head(0, 'a', '{'), nameless(1, 'b', '{}')]],
])('an index stands for one call: %s', (_, entries) => expect([...confusedCalls(replyOf(calls(entries)))]).toEqual([]))

test.each<readonly [string, readonly object[], readonly (readonly [index: number, code: string, was: string, event: number])[]]>([
  ['another call begins under the index', [head(0, 'a', '{}'), head(0, 'b', '{}')], [[0, 'reused', 'a', 2]]],
  ['the id changes', [head(0, 'a', '{'), nameless(0, 'b', '}')], [[0, 'id-changed', 'a', 2]]],
  ['the same id goes on at another index', [head(0, 'a', '{'), nameless(1, 'a', '}')], [[1, 'moved', '0', 2]]],
  ['the same id, and only the first is whole', [head(0, 'a', '{}'), head(1, 'a', '{"ci')], [[1, 'moved', '0', 2]]],
  ['the same id, and only the second is whole', [head(0, 'a', '{"ci'), head(1, 'a', '{}')], [[1, 'moved', '0', 2]]],
  ['the same id, and the second has no name', [head(0, 'a', '{}'), nameless(1, 'a', '{}')], [[1, 'moved', '0', 2]]],
  ['a fragment of nobody behind a call without arguments', [head(0, 'a', ''), more(1, '{}')], [[1, 'moved', '0', 2]]],
  [
    'a call moves twice',
    [head(0, 'a', '{'), nameless(1, 'a', '"x"'), nameless(2, 'a', ':1}')],
    [
      [1, 'moved', '0', 2],
      [2, 'moved', '0', 3],
    ],
  ],
])('an index stands for more: %s', (_, entries, expected) => {
  const confused = [...confusedCalls(replyOf(calls(entries)))]
  expect(confused.map(([index, { code, was, delta }]) => [index, code, was, delta.event.index])).toEqual(expected)
})

test('what moved cannot be told of a reply that was cut', () => {
  expect(confusedCalls(replyOf(calls([head(0, 'a', '{"city":'), more(1, '"Paris"}')], { finish: 'length' }))).size).toBe(0)
})

test.each<readonly [boolean, string, readonly string[]]>([
  [true, 'get_', ['get_']],
  [true, 'weather', ['get_', 'weather']],
  [true, 'weather', ['get_', '', 'weather']],
  [false, 'get_weather', ['get_weather']],
  [false, 'weather', ['weather']],
  [false, 'weather', ['weather', 'get_']],
])('that a delta holds a piece of a name is %s of %s in %j', (expected, name, names) => {
  const { deltas } = replyOf(calls(names.map((each) => head(0, 'a', '', each))))
  expect(isPartial(name, deltas, ['other', 'get_weather'])).toBe(expected)
})
