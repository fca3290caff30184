import { expect, test } from 'vitest'
import { calls, chunk, head, more } from '../testing/tool-replies.ts'
import { chatStream } from '../testing/transcript.ts'
import { confusedCalls, joinedArguments, soundReplies, streamedCalls } from './tool-stream.ts'

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
})

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
  expect(reply.late?.event.index).toBe(2)
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
})

test('a call that moved makes the whole reply unsound', () => {
  const view = calls([head(0, 'a', '{"city":'), more(1, '"Paris"}')])
  expect([...confusedCalls(replyOf(view)).values()].map(({ code }) => code)).toEqual(['moved'])
  expect(soundReplies(view)).toEqual([])
})
