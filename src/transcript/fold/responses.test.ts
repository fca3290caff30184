import { expect, test } from 'vitest'
import { eventsOf, message, reply } from '../../testing/responses.ts'
import type { SseEvent } from '../../types.ts'
import { foldResponses } from './responses.ts'

const folded = (list: readonly unknown[]) => foldResponses(list.map((json, index): SseEvent => ({ index, bytes: [0, 0], atMs: 0, json })))

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
