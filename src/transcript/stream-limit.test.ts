import { expect, test } from 'vitest'
import { exchange } from '../testing/exchanges.ts'
import type { Endpoint, View } from '../types.ts'
import { mostParts } from './stream-limit.ts'
import { toView } from './view.ts'

const list = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))
const stream = (endpoint: Endpoint, events: readonly unknown[]): View =>
  toView(
    exchange({
      endpoint,
      headers: [['content-type', 'text/event-stream']],
      body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''),
    }),
    () => [],
  ) as View

const chat = 'POST /chat/completions'
const choice = (index: number) => ({ choices: [{ index, delta: { content: 'x' } }] })
const call = (index: number) => ({ choices: [{ index: 0, delta: { tool_calls: [{ index, id: `c${index}`, function: {} }] } }] })
const block = (index: number) => ({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } })
const item = (index: number) => ({ type: 'response.output_item.done', output_index: index, item: { type: 'message' } })
const foldedCalls = ({ completion }: View) =>
  (completion as { choices: { message: { tool_calls: unknown[] } }[] }).choices[0]?.message.tool_calls

test.each<[string, Endpoint, (index: number) => unknown, string]>([
  ['choices', chat, choice, 'choices'],
  ['choices of plain continuations', 'POST /completions', (index) => ({ choices: [{ index, text: 'x' }] }), 'choices'],
  ['calls', chat, call, 'calls'],
  ['blocks', 'POST /messages', block, 'blocks'],
  ['items', 'POST /responses', item, 'items'],
])('%s: as many as there may be are whole, and one more stops the stream', (_, endpoint, make, what) => {
  const whole = stream(endpoint, list(mostParts, make))
  expect([whole.events.length, whole.response.end]).toEqual([mostParts, 'complete'])
  const cut = stream(endpoint, list(3 * mostParts, make))
  expect(cut.response).toMatchObject({ end: 'stopped', endReason: `more than ${mostParts} ${what} in one stream` })
  expect(cut.events.length).toBe(mostParts)
})

test('what was read until then is put together, and one event may hold them all', () => {
  expect(foldedCalls(stream(chat, list(2000, call)))?.length).toBe(mostParts)
  const crowd = { choices: list(100_000, (index) => ({ index, delta: {} })) }
  expect(stream(chat, [choice(0), crowd, choice(0)]).events.length).toBe(1)
})

test('the same ones again and again are no more than before', () => {
  const events = list(5000, (index) => (index % 2 ? choice(index % 4) : call(index % 128)))
  expect(stream(chat, events).response.end).toBe('complete')
})
