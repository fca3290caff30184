import { expect, test } from 'vitest'
import type { Json } from '../testing/responses.ts'
import type { SseEvent } from '../types.ts'
import { takeItemEvent, textOf } from './read-responses-items.ts'
import { newStream } from './read-responses-state.ts'
import type { EventRole } from './read-responses-types.ts'

const item = (does: EventRole['does']): EventRole => ({ on: 'item', does }) as EventRole
const part = (does: EventRole['does'], own: Json = {}): EventRole => ({ on: 'part', does, ...own }) as EventRole
const summary = (does: EventRole['does']): EventRole => ({ on: 'summary', does }) as EventRole
const args = (does: EventRole['does']): EventRole => ({ on: 'arguments', does, member: 'arguments' }) as EventRole
const [open, close, mention] = [item('open'), item('close'), item('mention')]

/** What is noted of events, each told by its role and its data; events are told apart by their numbers. */
const take = (...list: readonly (readonly [EventRole, Json])[]) => {
  const stream = newStream(false)
  const ids = new Map<string, number>()
  for (const [index, [role, data]] of list.entries()) {
    const event: SseEvent = { index, from: index, to: index + 1, atMs: 0, json: data }
    takeItemEvent(stream, ids, event, { output_index: 0, ...data }, role)
  }
  return { ...stream, ids, item: stream.items.get(0) as NonNullable<ReturnType<typeof stream.items.get>> }
}
const [a, b] = [{ item: { id: 'a' } }, { item: { id: 'b' } }]
const inPart = { content_index: 0, item_id: 'a' }
const partOf = (...list: readonly (readonly [EventRole, Json])[]) =>
  take(...list).item.parts.get(0) as NonNullable<ReturnType<typeof take>['item']['args']>

test('an event that does not say to which item it belongs', () => {
  for (const output_index of [undefined, -1, 0.5, '0']) {
    expect(take([open, { ...a, output_index }])).toMatchObject({ unindexed: true, items: new Map() })
    expect(take([mention, { ...a, output_index }]).unindexed).toBe(false)
  }
  expect(take([open, a]).unindexed).toBe(false)
})

test('an item that is announced, twice, or under the index of another', () => {
  const once = take([open, a])
  expect([once.item.added?.index, once.item.addedItem, once.item.id, once.ids]).toEqual([0, a.item, 'a', new Map([['a', 0]])])
  expect(take([open, a], [open, a]).item.addedAgain?.index).toBe(1)
  expect(take([open, a], [open, b]).reused?.index).toBe(1)
  expect(take([open, a], [open, { item: {} }])).toMatchObject({
    reused: undefined,
    item: { addedAgain: { index: 1 }, withoutId: { index: 1 } },
  })
  expect(take([open, { item: { id: 5 } }]).ids.size).toBe(0)
  expect(take([open, a], [open, { ...a, output_index: 1 }]).ids).toEqual(new Map([['a', 0]]))
})

test('an item that is done, twice, and what comes behind', () => {
  const done = take([open, a], [close, a], [close, a])
  expect([done.item.done?.index, done.item.doneItem, done.item.doneAgain?.index, done.item.late]).toEqual([1, a.item, 2, undefined])
  expect(take([open, a], [close, a], [mention, { item_id: 'a' }], [mention, {}]).item.late?.index).toBe(2)
  expect(take([open, a], [mention, { item_id: 'a' }]).item).toMatchObject({ late: undefined, done: undefined })
  expect(take([open, a], [close, a], [part('delta'), inPart]).item.late?.index).toBe(2)
})

test('an event under the index of an item that was announced elsewhere', () => {
  const moved = take([open, a], [part('delta'), { ...inPart, output_index: 1 }])
  expect(moved).toMatchObject({ misplaced: { index: 1 }, unindexed: true })
  expect(moved.items.size).toBe(1)
  for (const item_id of ['b', undefined, 5]) {
    const other = take([open, a], [part('delta'), { content_index: 0, item_id, output_index: 1 }])
    expect(other).toMatchObject({ misplaced: undefined, unindexed: false })
    expect(other.items.size).toBe(2)
  }
})

test('ids that differ, and events without one', () => {
  expect(take([open, a], [close, b]).item).toMatchObject({ id: 'a', otherId: { index: 1 }, withoutId: undefined })
  for (const id of [undefined, null]) expect(take([open, { item: { id } }]).item).toMatchObject({ id: undefined, withoutId: { index: 0 } })
  for (const id of ['', 5])
    expect(take([open, { item: { id } }]).item).toMatchObject({ id: undefined, withoutId: undefined, otherId: undefined })
  expect(take([open, a], [part('delta'), { content_index: 0 }]).item.withoutId?.index).toBe(1)
  expect(take([part('mention'), { content_index: 0 }]).item.withoutId).toBeUndefined()
  expect(take([open, {}]).item.withoutId).toBeUndefined()
})

test('parts and summaries by their places', () => {
  for (const content_index of [undefined, -1, '0']) {
    expect(take([part('delta'), { content_index }]).unparted).toBe(true)
    expect(take([part('mention'), { content_index }]).unparted).toBe(false)
  }
  const { item: both } = take([part('delta'), { content_index: 2, delta: 'x' }], [summary('delta'), { summary_index: 1, delta: 'y' }])
  expect([[...both.parts.keys()], [...both.summaries.keys()]]).toEqual([[2], [1]])
  expect([both.parts.get(2)?.joined, both.summaries.get(1)?.joined]).toEqual(['x', 'y'])
})

test('the channel of a part is that of its events, else that of its type', () => {
  const channel = (type: Json, own: Json = {}) => partOf([part('open', own), { ...inPart, part: { type } }]).channel
  expect([channel('refusal'), channel('reasoning_text'), channel('output_text')]).toEqual(['refusal', 'reasoning', 'text'])
  expect(channel('output_text', { channel: 'refusal' })).toBe('refusal')
  expect(partOf([part('open'), { ...inPart, part: { type: 'x' } }], [part('delta', { channel: 'refusal' }), inPart]).channel).toBe(
    'refusal',
  )
})

test('a text that is opened, grows, ends and is closed', () => {
  const whole = partOf(
    [part('open'), { ...inPart, part: { type: 'output_text', text: '' } }],
    [part('delta'), { ...inPart, delta: 'a' }],
    [part('delta'), { ...inPart, delta: 'b' }],
    [part('end'), { ...inPart, text: 'ab' }],
    [part('close'), { ...inPart, part: { type: 'output_text', text: 'abc' } }],
  )
  expect(whole).toMatchObject({ openedText: '', joined: 'ab', deltas: 2, endedText: 'ab', closedText: 'abc', unreadable: false })
  expect([whole.opened?.index, whole.ended?.index, whole.closed?.index, whole.late, whole.again, whole.openedAgain]).toEqual([
    0,
    3,
    4,
    undefined,
    undefined,
    undefined,
  ])
  expect(partOf([part('end', { member: 'refusal' }), { ...inPart, refusal: 'no' }]).endedText).toBe('no')
  expect(partOf([part('mention'), inPart])).toMatchObject({ deltas: 0, joined: '', opened: undefined, ended: undefined, closed: undefined })
})

test('what comes twice, late, or with another type', () => {
  const strand = (...roles: EventRole['does'][]) =>
    partOf(...roles.map((does) => [part(does), { ...inPart, delta: 'x', text: 'x', part: {} }] as const))
  expect(strand('open', 'open').openedAgain?.index).toBe(1)
  expect(strand('end', 'end').again?.index).toBe(1)
  expect(strand('close', 'close').again?.index).toBe(1)
  expect(strand('end', 'delta').late?.index).toBe(1)
  expect(strand('close', 'delta').late?.index).toBe(1)
  expect(strand('close', 'end').late?.index).toBe(1)
  expect(strand('delta', 'end', 'close').late).toBeUndefined()
  expect(partOf([part('delta'), { ...inPart, delta: 5 }])).toMatchObject({ unreadable: true, joined: '', deltas: 1 })
  expect(partOf([part('end'), inPart])).toMatchObject({ unreadable: true, endedText: undefined })
})

test('behind an item that was done, nothing else is late', () => {
  for (const does of ['delta', 'end'] as const) {
    const late = take([open, a], [part('close'), { ...inPart, part: {} }], [close, a], [part(does), { ...inPart, delta: 'x', text: 'x' }])
    expect([late.item.late?.index, late.item.parts.get(0)?.late]).toEqual([3, undefined])
  }
  const call = take([open, a], [args('end'), { item_id: 'a', arguments: '{}' }], [close, a], [args('delta'), { item_id: 'a', delta: 'x' }])
  expect(call.item.args).toMatchObject({ index: 0, channel: 'text', endedText: '{}', joined: 'x', late: undefined })
  expect(take([args('end'), { arguments: '{}' }], [args('delta'), { delta: 'x' }]).item.args?.late?.index).toBe(1)
})

test('the text of a part', () => {
  expect([textOf({ type: 'refusal', refusal: 'a', text: 'b' }), textOf({ type: 'output_text', refusal: 'a', text: 'b' })]).toEqual([
    'a',
    'b',
  ])
  for (const odd of [undefined, {}, { text: 5 }, { type: 'refusal', text: 'b' }]) expect(textOf(odd)).toBeUndefined()
})
