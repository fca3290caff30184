import { array, assert, constantFrom, jsonValue, nat, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { checks } from '../checks/index.ts'
import { call, eventsOf, type Json, message, reasoning, reply, weather } from './responses.ts'
import { json, responsesStream } from './transcript.ts'

// Whatever an endpoint sends, no check about Responses throws; and none needs more than a glance at each event.

const mine = [...checks.values()].filter(({ id }) => /^(responses|rstream|rtools|rreasoning)-/.test(id))
const request = {
  tools: [weather],
  tool_choice: 'required',
  include: ['message.output_text.logprobs'],
  reasoning: { effort: 'low' },
  max_output_tokens: 6,
}
const context = { requirement: 'some.requirement', traits: new Set(['responses', 'thinks'] as const), declared: false }
const args: Json = { item: 'message', by: 1, count: 2 }

const text = (value: Json): string => JSON.stringify(value) ?? ''

const ask = (events: Json[], body: Json): void => {
  const views = [
    responsesStream(events.map(text), { request }),
    json('POST /responses', body, { request, text: text(body) }),
    json('GET /responses/resp_1', body, { text: text(body) }),
  ] as const
  for (const view of views) for (const check of mine) check.judge([views[1], view], args, context)
}

/** The members of a value by their paths. */
const places = (value: Json, path: (string | number)[] = []): (string | number)[][] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.keys(value).flatMap((name) => places(value[name], [...path, name]))]

const put = (value: Json, path: (string | number)[], other: Json): Json => {
  if (path.length === 0) return other
  const [name, ...rest] = path as [string, ...string[]]
  const copy = Array.isArray(value) ? [...value] : { ...value }
  copy[name] = put(value[name], rest, other)
  return copy
}

const whole = reply([reasoning(), message(), call()])

test('any JSON', () => {
  assert(
    property(array(jsonValue()), jsonValue(), (events, body) => ask(events, body)),
    { numRuns: 100 },
  )
})
test('one or two members replaced by anything', () => {
  const events = eventsOf(whole)
  const [spots, own] = [places(events), places(whole)]
  const odd = constantFrom(undefined, null, 0, -1, 1.5, '', 'x', true, [], {}, [null], [{}], { type: 'message' }, { id: 5 })
  const change = tuple(nat(spots.length - 1), nat(own.length - 1), odd)
  assert(
    property(change, change, ([at, where, other], [second, , more]) => {
      const bent = put(events, spots[at] ?? [], other)
      const twice = Array.isArray(bent) && second % 2 === 0 ? put(bent, [second % bent.length], more) : bent
      ask(Array.isArray(twice) ? twice : [String(twice)], put(whole, own[where] ?? [], other))
    }),
    { numRuns: 400 },
  )
})
test('a long stream costs little', () => {
  const events = eventsOf(reply([message('Hello you '.repeat(4000))]))
  const view = responsesStream(events, { request })
  const start = performance.now()
  for (const check of mine.filter(({ over }) => over === 'exchange')) check.judge([view], args, context)
  expect(events.length).toBeGreaterThan(10_000)
  expect(performance.now() - start).toBeLessThan(1000)
})
