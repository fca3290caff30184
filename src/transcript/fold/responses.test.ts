import { expect, test } from 'vitest'
import { eventsOf, message, reply } from '../../testing/responses.ts'
import type { SseEvent } from '../../types.ts'
import { foldResponses } from './responses.ts'

const folded = (list: readonly unknown[]) => foldResponses(list.map((json, index): SseEvent => ({ index, from: 0, to: 0, atMs: 0, json })))

test('the terminal event tells the whole reply', () => {
  expect(folded(eventsOf())).toEqual(reply())
  expect(folded([...eventsOf(), { type: 'response.completed', response: { id: 'late' } }])).toEqual(reply())
})
test('without one, the last opening and the finished items in the order of their indexes', () => {
  const second = { ...message('Bye'), id: 'msg_2' }
  const events = eventsOf(reply([message(), second]))
  const done = events.filter(({ type }) => type === 'response.output_item.done')
  expect(folded([...events.slice(0, 2), ...done.reverse()])).toMatchObject({
    id: 'resp_1',
    status: 'in_progress',
    output: [message(), second],
  })
  expect(folded(done)).toEqual({ output: [message(), second] })
})
test('deltas are not joined', () => expect(folded(eventsOf().slice(0, -2))).toMatchObject({ output: [] }))
test('what is no such stream folds to nothing, and nothing throws', () => {
  for (const odd of [
    null,
    1,
    'x',
    [],
    {},
    { type: 5 },
    { type: 'response.completed', response: [] },
    { type: 'response.output_item.done', item: null },
  ]) {
    expect(folded([odd])).toBeUndefined()
  }
  expect(foldResponses([])).toBeUndefined()
})

test('only lists and objects of the right kind count', () => {
  const done = { type: 'response.output_item.done', item: { id: 'a' } }
  expect(
    folded([
      { ...done, output_index: 5 },
      { ...done, output_index: 1, item: { id: 'b' } },
    ]),
  ).toEqual({ output: [{ id: 'b' }, { id: 'a' }] })
  expect(
    folded([
      { ...done, output_index: '9' },
      { ...done, item: { id: 'b' } },
    ]),
  ).toEqual({ output: [{ id: 'a' }, { id: 'b' }] })
  for (const item of ['x', [], 5, null]) expect(folded([{ ...done, item }])).toBeUndefined()
  for (const response of ['x', [], 5, null]) expect(folded([{ type: 'response.created', response }])).toBeUndefined()
  expect(
    folded([
      { type: 'other', response: { id: 'x' } },
      { type: ['response.created'], response: { id: 'y' } },
    ]),
  ).toBeUndefined()
  expect(folded(['response.created', { type: 'response.queued', response: { id: 'q' } }])).toEqual({ id: 'q', output: [] })
})
