import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checks } from '../checks/index.ts'
import { compileShapes } from '../schema/compile.ts'
import { createShapeJudge } from '../schema/judge-shape.ts'
import type { JsonObject, ShapeViolation, Trait, View } from '../types.ts'
import { call, cutReply, eventOf, eventsOf, type Json, message, reasoning, renumbered, reply, weather, without } from './responses.ts'
import { json, type Options, responsesStream } from './transcript.ts'

// One defect is one finding: every ambient requirement of the Responses suites is asked about streams with a single bend.

interface Ambient {
  readonly id: string
  readonly check: string
  readonly requires: readonly string[]
  readonly stream: boolean | undefined
}

const read = (file: string) => parse(readFileSync(new URL(`../../suites/${file}.yaml`, import.meta.url), 'utf8')) as JsonObject
const ambient: Ambient[] = ['responses', 'responses-stream', 'responses-tools']
  .flatMap((file) => Object.entries(read(file).requirements as Record<string, Json>))
  .filter(([, { when }]) => when !== undefined)
  .map(([id, { check, requires = [], when }]) => ({ id, check, requires, stream: when.stream }))

const document = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/openai/${name}.json`, import.meta.url), 'utf8')) as JsonObject
const shapeOf = createShapeJudge(compileShapes(['response', 'response.event'].map(document)), [
  { endpoint: 'POST /responses', json: 'response', stream: 'response.event' },
])

const findings = (bare: View, traits: readonly Trait[] = ['responses']): string[] => {
  const view = { ...bare, shape: shapeOf(bare) }
  const found = new Set(view.shape.map(({ requirement, violation }: ShapeViolation) => `${requirement} ${violation.code}`))
  const isStream = (view.request as JsonObject).stream === true
  for (const { id, check, requires, stream } of ambient) {
    if (!requires.every((trait) => traits.includes(trait as Trait)) || (stream !== undefined && stream !== isStream)) continue
    const outcome = checks.get(check)?.judge([view], undefined, { requirement: id, traits: new Set(traits), declared: false })
    if (!outcome) throw new Error(`no check ${check}`)
    if (outcome.kind === 'violated') for (const { code } of outcome.violations) found.add(`${id} ${code}`)
    if (outcome.kind === 'held') for (const { code } of outcome.notes ?? []) found.add(`note ${id} ${code}`)
  }
  return [...found].sort()
}

const tools = { tools: [weather], tool_choice: 'required' }
const streamed = (events: readonly (object | string)[], options: Options = {}, traits?: readonly Trait[]) =>
  findings(responsesStream(events, options), traits)
type Change = (events: Json[]) => unknown

/** Bends the events of a reply in place, or gives back others. */
const bent = (change: Change, response: Json = reply(), request: Json = {}) => {
  const events = eventsOf(response)
  const changed = change(events)
  return streamed(Array.isArray(changed) ? changed : events, { request })
}
const put = (object: Json, member: string, value: unknown): void => {
  object[member] = value
}
const drop = (object: Json, member: string): void => {
  delete object[member]
}
const move = (events: Json[], member: string, from: unknown, to: unknown): void => {
  for (const event of events) if (event[member] === from) event[member] = to
}
const shift = (events: Json[], from: number, by: number): void => {
  for (const event of events.slice(from)) event.sequence_number += by
}
const callReply = () => reply([call()], { tools: [weather], tool_choice: 'required' })
const bentCall = (change: Change) => bent(change, callReply(), tools)
const all = (events: Json[], member: string) => {
  for (const event of events) delete event[member]
}

test('what is right has no finding', () => {
  expect(streamed(eventsOf())).toEqual([])
  expect(streamed(eventsOf(callReply()), { request: tools })).toEqual([])
  expect(streamed(eventsOf(reply([reasoning(), message()])), {}, ['responses', 'thinks'])).toEqual([])
  expect(
    streamed(eventsOf(reply([reasoning(), message(), call()], callReply() && { tools: [weather] })), { request: { tools: [weather] } }),
  ).toEqual([])
  expect(streamed(eventsOf(cutReply()), { request: { max_output_tokens: 6 } })).toEqual(['responses.echo different'])
  expect(streamed(eventsOf({ ...cutReply(), max_output_tokens: 6 }), { request: { max_output_tokens: 6 } })).toEqual([])
  const silent = { ...reply([]), usage: { ...reply([]).usage, output_tokens: 0, total_tokens: reply([]).usage.input_tokens } }
  expect(streamed(eventsOf(silent))).toEqual([])
  expect(streamed(eventsOf(reply([message('')])))).toEqual([])
  expect(streamed([...eventsOf(), '[DONE]'])).toEqual(['note rstream.sentinel sent'])
  expect(findings(json('POST /responses', reply()))).toEqual([])
  expect(findings(json('POST /responses', callReply(), { request: tools }))).toEqual([])
})

test('legal variants have no finding', () => {
  const vendor = eventsOf()
  vendor.splice(3, 0, { type: 'acme.progress', percent: 10 })
  expect(streamed(vendor)).toEqual(['rstream.event-types unknown-type'])
  // items of two indexes may interleave
  const two = eventsOf(reply([message(), { ...message('Bye'), id: 'msg_2' }]))
  const mine = (event: Json) => event.output_index === 0
  const other = (event: Json) => event.output_index === 1
  const head = two.slice(0, 2)
  const tail = two.slice(-1)
  const mixed: Json[] = []
  const [first, second] = [two.filter(mine), two.filter(other)]
  while (first.length + second.length > 0) mixed.push(...first.splice(0, 1), ...second.splice(0, 1))
  expect(streamed(renumbered([...head, ...mixed, ...tail]))).toEqual([])
  // Azure leaves the name out, encrypted content is sealed anew, queued comes first, null stands for nothing
  expect(bentCall((events) => drop(eventOf(events, 'function_call_arguments.done'), 'name'))).toEqual([])
  const sealed = eventsOf(reply([{ ...reasoning(), encrypted_content: 'a' }, message()]))
  eventOf(sealed, 'completed').response.output[0].encrypted_content = 'b'
  expect(streamed(sealed)).toEqual([])
  const queued = eventsOf()
  queued.splice(1, 0, { ...queued[0], type: 'response.queued' })
  expect(streamed(renumbered(queued))).toEqual([])
  expect(bent((events) => drop(eventOf(events, 'completed').response.output[0].content[0], 'logprobs'))).toEqual([])
  // reasoning that shows nothing
  expect(
    streamed(
      eventsOf(reply([{ id: 'rs_1', type: 'reasoning', summary: [] }, message()])).map((event) => {
        if (event.item?.type === 'reasoning') delete event.item.status
        return event
      }),
    ),
  ).toEqual([])
})

test('failures are told by one requirement', () => {
  const failed = { ...reply([]), status: 'failed', usage: null, error: { code: 'server_error', message: 'Sorry.' } }
  const events = eventsOf().slice(0, 5)
  const error = { type: 'error', sequence_number: 5, error: { code: 'server_error', message: 'Sorry.' } }
  const flat = { type: 'error', sequence_number: 5, code: null, message: 'Sorry.', param: null }
  const end = { type: 'response.failed', sequence_number: 6, response: failed }
  expect(streamed([...events, error, end])).toEqual([])
  expect(streamed([...events, flat, end])).toEqual([])
  expect(streamed([...events, { ...end, sequence_number: 5 }])).toEqual([])
  expect(streamed([...events, error])).toEqual(['rstream.error failed-missing'])
  expect(streamed([...events, { error: { message: 'Sorry.' } }])).toEqual(['rstream.error type'])
  expect(streamed([...events, { ...error, error: {} }, end])).toEqual(['rstream.error message'])
  expect(streamed([...events, error, { ...end, response: { ...failed, error: null } }])).toEqual(['rstream.error error'])
  expect(streamed([...events, error, { ...end, response: { ...failed, status: 'completed' } }])).toContain('rstream.error status')
  expect(streamed([{ ...error, sequence_number: 0 }])).toEqual(['rstream.error failed-missing'])
})

test('lifecycle', () => {
  expect(bent((events) => without(events, 'created'))).toEqual(['rstream.created-first missing'])
  expect(bent((events) => renumbered([events[1], events[0], ...events.slice(2)]))).toEqual(['rstream.created-first not-first'])
  expect(bent((events) => renumbered([events[0], ...events]))).toEqual(['rstream.created-first repeated'])
  expect(bent((events) => put(events[0].response, 'status', 'completed'))).toEqual(['rstream.created-first status'])
  expect(bent((events) => drop(events[0].response, 'output'))).toEqual(['rstream.created-first output'])
  expect(bent((events) => without(events, 'in_progress'))).toEqual(['rstream.in-progress missing'])
  expect(bent((events) => renumbered([events[0], events[2], events[1], ...events.slice(3)]))).toEqual(['rstream.in-progress late'])
  expect(bent((events) => put(events[1].response, 'id', 'resp_2'))).toEqual(['rstream.response-id-stable changed'])
  expect(bent((events) => drop(events[1].response, 'id'))).toEqual(['rstream.response-id-stable missing'])
  expect(bent((events) => put(events.at(-1).response, 'id', 'resp_2'))).toEqual(['rstream.response-id-stable changed'])
  expect(bent((events) => without(events, 'completed'))).toEqual(['rstream.terminal missing'])
  expect(bent((events) => renumbered([...events, events.at(-1)]))).toEqual(['rstream.terminal repeated'])
  expect(bent((events) => renumbered([...events, eventOf(events, 'output_text.delta')]))).toEqual(['rstream.terminal event-after'])
  expect(streamed(eventsOf().slice(0, 6), { end: 'truncated' })).toEqual(['rstream.terminal truncated'])
  expect(bent((events) => drop(events.at(-1).response, 'usage'))).toEqual(['rstream.terminal.snapshot usage-missing'])
  expect(bent((events) => drop(events.at(-1), 'response'))).toEqual(['rstream.terminal.snapshot response-missing'])
  expect(bent((events) => drop(events.at(-1).response, 'output'))).toEqual(['rstream.terminal.snapshot output-missing'])
  expect(bent((events) => drop(events[0], 'response'))).toEqual(['rstream.created-first response'])
  expect(bent((events) => drop(events[1], 'response'))).toEqual(['rstream.response-id-stable missing'])
  expect(bent((events) => put(events.at(-1).response, 'output', []))).toEqual(['rstream.terminal.snapshot count'])
  expect(bent((events) => put(events.at(-1).response.output[0].content[0], 'text', 'Bye'))).toEqual(['rstream.terminal.snapshot differs'])
  expect(bent((events) => drop(events.at(-1).response.output[0], 'status'))).toEqual(['responses.message-item missing'])
  expect(bent((events) => drop(events.at(-1).response.output[0], 'id'))).toEqual(['responses.output missing'])
  expect(bent((events) => drop(events.at(-1).response, 'top_p'))).toEqual(['responses.required-members missing'])
  expect(bent((events) => put(events.at(-1).response.usage, 'total_tokens', 99))).toEqual(['responses.usage total'])
  expect(bent((events) => drop(events.at(-1).response.usage, 'output_tokens_details'))).toEqual(['responses.usage.details missing'])
  expect(bent((events) => put(events.at(-1).response, 'status', 'in_progress'))).toEqual(['rstream.terminal.snapshot status'])
  expect(bent((events) => put(events.at(-1).response, 'status', 'done'))).toEqual(['responses.status value'])
  expect(streamed(['[DONE]'])).toEqual(['rstream.terminal missing'])
  expect(streamed([{ object: 'chat.completion.chunk', choices: [] }, '[DONE]'])).toEqual(['rstream.extensions chat-chunk'])
})

test('numbers and names', () => {
  expect(bent((events) => all(events, 'sequence_number'))).toEqual(['rstream.sequence.present missing'])
  expect(bent((events) => drop(events[4], 'sequence_number'))).toEqual(['rstream.sequence.present missing'])
  expect(bent((events) => put(events[4], 'sequence_number', '4'))).toEqual(['rstream.sequence.present type'])
  expect(bent((events) => put(events[4], 'sequence_number', 3))).toEqual(['rstream.sequence.present not-increasing'])
  expect(bent((events) => shift(events, 0, 1))).toEqual(['rstream.sequence.contiguous start'])
  expect(bent((events) => shift(events, 5, 2))).toEqual(['rstream.sequence.contiguous gap'])
  expect(bent((events) => drop(events[4], 'type'))).toEqual(['rstream.event-name missing'])
})

test('items', () => {
  expect(bent((events) => all(events, 'output_index'))).toEqual(['rstream.item.output-index missing'])
  expect(bent((events) => drop(eventOf(events, 'output_text.delta'), 'output_index'))).toEqual(['rstream.item.output-index missing'])
  expect(bent((events) => move(events, 'output_index', 0, 1))).toEqual(['rstream.item.output-index not-dense'])
  const two = () => reply([reasoning(), message()])
  expect(bent((events) => move(events, 'output_index', 1, 0), two())).toEqual(['rstream.item.output-index reused'])
  expect(bent((events) => put(eventOf(events, 'output_item.added'), 'output_index', 4))).toEqual(['rstream.item.output-index different'])
  expect(bent((events) => put(eventOf(events, 'output_item.done'), 'output_index', 4))).toEqual(['rstream.item.output-index different'])
  expect(bent((events) => put(eventOf(events, 'output_text.delta'), 'output_index', 1))).toEqual(['rstream.item.output-index different'])
  expect(bent((events) => without(events, 'output_item.added'))).toEqual(['rstream.item.added-first missing'])
  expect(bentCall((events) => without(events, 'output_item.added'))).toEqual(['rstream.item.added-first missing'])
  expect(bent((events) => renumbered([...events.slice(0, 2), events[3], events[2], ...events.slice(4)]))).toEqual([
    'rstream.item.added-first late',
  ])
  expect(bent((events) => renumbered([...events.slice(0, 3), events[2], ...events.slice(3)]))).toEqual([
    'rstream.item.added-first repeated',
  ])
  expect(bent((events) => put(events[2].item, 'status', 'completed'))).toEqual(['rstream.item.added-first status'])
  expect(bent((events) => put(events[2], 'item', message('Hello you', 'in_progress')))).toEqual(['rstream.item.added-first not-empty'])
  expect(bent((events) => drop(events[2].item, 'content'))).toEqual(['rstream.item.added-first not-empty'])
  expect(bent((events) => drop(events[2].item, 'type'))).toEqual(['rstream.item.added-first type'])
  expect(bentCall((events) => put(events[2].item, 'arguments', '{"city":"Paris"}'))).toEqual(['rtools.stream added-arguments'])
  expect(bent((events) => drop(events[2], 'item'))).toEqual(['rstream.item.added-first item'])
  expect(bent((events) => drop(events.at(-2), 'item'))).toEqual(['rstream.item.done item'])
  expect(bent((events) => move(events, 'item_id', 'msg_1', 'msg_9'))).toEqual(['rstream.item.id-stable changed'])
  expect(bent((events) => all(events, 'item_id'))).toEqual(['rstream.item.id-stable missing'])
  expect(bent((events) => put(eventOf(events, 'output_item.done').item, 'id', 'msg_9'))).toEqual(['rstream.item.id-stable changed'])
  expect(bent((events) => put(events.at(-1).response.output[0], 'id', 'msg_9'))).toEqual(['rstream.item.id-stable changed'])
  expect(bent((events) => drop(events[2].item, 'id'))).toEqual(['rstream.item.id-stable missing'])
  expect(bent((events) => without(events, 'output_item.done'))).toEqual(['rstream.item.done missing'])
  expect(bent((events) => renumbered([...events.slice(0, -1), events.at(-2), events.at(-1)]))).toEqual(['rstream.item.done repeated'])
  expect(bent((events) => put(events.at(-2).item, 'status', 'in_progress'))).toEqual(['rstream.item.done status'])
  expect(bent((events) => renumbered([...events.slice(0, -3), events.at(-2), events.at(-3), events.at(-1)]))).toEqual([
    'rstream.item.done late',
  ])
})

test('texts', () => {
  expect(bent((events) => without(events, 'content_part.added'))).toEqual(['rstream.part.added-first missing'])
  expect(bent((events) => renumbered([...events.slice(0, 3), events[4], events[3], ...events.slice(5)]))).toEqual([
    'rstream.part.added-first late',
  ])
  expect(bent((events) => put(events[3].part, 'text', 'Hello you'))).toEqual(['rstream.part.added-first not-empty'])
  expect(bent((events) => all(events, 'content_index'))).toEqual(['rstream.part.content-index missing'])
  expect(bent((events) => move(events, 'content_index', 0, 1))).toEqual(['rstream.part.content-index not-dense'])
  for (const type of ['content_part.added', 'output_text.delta', 'output_text.done', 'content_part.done']) {
    expect(
      bent((events) =>
        move(
          events.filter((event) => event.type === `response.${type}`),
          'content_index',
          0,
          1,
        ),
      ),
    ).toEqual(['rstream.part.content-index different'])
  }
  expect(bent((events) => renumbered(events.filter((_, index) => index !== 5)))).toEqual(['rstream.text.done deltas-differ'])
  expect(bent((events) => without(events, 'output_text.delta'))).toEqual(['rstream.text.done deltas-differ'])
  expect(bent((events) => renumbered([...events.slice(0, 3), ...events.slice(-2)]))).toEqual(['rstream.text.done deltas-differ'])
  expect(bent((events) => without(events, 'output_text.done'))).toEqual(['rstream.text.done end-missing'])
  expect(bent((events) => without(events, 'content_part.done'))).toEqual(['rstream.text.done close-missing'])
  expect(bent((events) => put(eventOf(events, 'output_text.done'), 'text', 'Bye'))).toEqual(['rstream.text.done end-differs'])
  expect(bent((events) => drop(eventOf(events, 'output_text.done'), 'text'))).toEqual(['rstream.text.done missing'])
  expect(bent((events) => put(eventOf(events, 'content_part.done').part, 'text', 'Bye'))).toEqual(['rstream.text.done part-differs'])
  expect(bent((events) => put(eventOf(events, 'output_item.done').item.content[0], 'text', 'Bye'))).toEqual([
    'rstream.text.done item-differs',
  ])
  expect(bent((events) => put(eventOf(events, 'output_item.done').item, 'content', []))).toEqual(['rstream.text.done item-differs'])
  expect(bent((events) => renumbered([...events.slice(0, 6), events[7], events[6], ...events.slice(8)]))).toEqual([
    'rstream.text.done order',
  ])
  expect(bent((events) => drop(eventOf(events, 'output_text.delta'), 'logprobs'))).toEqual(['rstream.text.logprobs missing'])
  expect(bent((events) => drop(eventOf(events, 'output_text.delta'), 'delta'))).toEqual(['rstream.text.done missing'])
})

test('calls', () => {
  expect(bentCall((events) => renumbered(events.filter((_, index) => index !== 4)))).toEqual(['rtools.stream deltas-differ'])
  expect(bentCall((events) => without(events, 'function_call_arguments.delta'))).toEqual(['rtools.stream deltas-differ'])
  expect(bentCall((events) => without(events, 'function_call_arguments.done'))).toEqual(['rtools.stream end-missing'])
  expect(bentCall((events) => renumbered([...events.slice(0, 3), ...events.slice(-2)]))).toEqual(['rtools.stream deltas-differ'])
  expect(bentCall((events) => put(eventOf(events, 'function_call_arguments.done'), 'arguments', '{}'))).toEqual([
    'rtools.stream end-differs',
  ])
  expect(bentCall((events) => put(eventOf(events, 'output_item.done').item, 'arguments', '{}'))).toEqual(['rtools.stream item-differs'])
  expect(bentCall((events) => put(eventOf(events, 'output_item.done').item, 'arguments', { city: 'Paris' }))).toEqual([
    'rtools.stream item-differs',
  ])
  expect(bentCall((events) => put(events.at(-1).response.output[0], 'arguments', '{}'))).toEqual(['rstream.terminal.snapshot differs'])
  expect(bentCall((events) => put(events.at(-1).response.output[0], 'arguments', {}))).toEqual(['rtools.call type'])
  expect(bentCall((events) => put(events.at(-1).response, 'output', []))).toEqual(['rstream.terminal.snapshot count'])
  expect(bentCall((events) => drop(events[2].item, 'name'))).toEqual(['rtools.stream name'])
  expect(bentCall((events) => put(eventOf(events, 'output_item.done').item, 'name', 'other'))).toEqual(['rtools.stream name'])
  expect(bentCall((events) => put(eventOf(events, 'output_item.done').item, 'call_id', 'call_9'))).toEqual(['rtools.stream call-id'])
  expect(bentCall((events) => without(events, 'output_item.done'))).toEqual(['rstream.item.done missing'])
  const wrong = (item: Json) => reply([item], { tools: [weather], tool_choice: 'required' })
  expect(streamed(eventsOf(wrong({ ...call(), name: 'other' })), { request: tools })).toEqual(['rtools.call name'])
  expect(streamed(eventsOf(wrong(call('city: Paris'))), { request: tools })).toEqual(['rtools.call arguments'])
  expect(streamed(eventsOf(wrong(message())), { request: tools })).toEqual(['rtools.choice ignored'])
  expect(findings(json('POST /responses', wrong({ ...call(), call_id: '' }), { request: tools }))).toEqual(['rtools.call empty'])
  expect(findings(json('POST /responses', wrong({ ...call(), arguments: {} }), { request: tools }))).toEqual(['rtools.call type'])
})

test('caps', () => {
  const request = { max_output_tokens: 6 }
  const full = (response: Json) => ({ ...response, max_output_tokens: 6 })
  const cut = (change: Change) => {
    const events = eventsOf(full(cutReply()))
    change(events)
    return streamed(events, { request })
  }
  expect(streamed(eventsOf(full(reply())), { request })).toEqual(['rstream.terminal.incomplete event'])
  expect(cut((events) => put(events.at(-1), 'type', 'response.completed'))).toEqual(['rstream.terminal.incomplete event'])
  expect(cut((events) => put(events.at(-1).response, 'status', 'completed'))).toEqual(['rstream.terminal.incomplete status'])
  expect(cut((events) => put(events.at(-1).response, 'incomplete_details', null))).toEqual(['rstream.terminal.incomplete reason'])
  expect(cut((events) => put(events.at(-1).response.incomplete_details, 'reason', 'length'))).toEqual([
    'rstream.terminal.incomplete reason',
  ])
  expect(streamed(eventsOf(full(cutReply([message()]))), { request })).toEqual(['rstream.terminal.incomplete item-status'])
  expect(findings(json('POST /responses', full(reply()), { request }))).toEqual(['responses.max-output-tokens status'])
  expect(findings(json('POST /responses', full(cutReply()), { request }))).toEqual([])
  expect(findings(json('POST /responses', { ...full(cutReply()), incomplete_details: null }, { request }))).toEqual([
    'responses.max-output-tokens reason',
  ])
  expect(findings(json('POST /responses', { ...cutReply(), max_output_tokens: 5 }, { request: { max_output_tokens: 5 } }))).toEqual([
    'responses.max-output-tokens exceeded',
  ])
})

test('replies in one piece', () => {
  const one = (members: Json, request: Json = {}) => findings(json('POST /responses', { ...reply(), ...members }, { request }))
  expect(one({ object: 'chat.completion' })).toEqual(['responses.object object'])
  expect(one({ id: '' })).toEqual(['responses.object id'])
  expect(one({ created_at: 1_763_474_589_000 })).toEqual(['responses.object created-at'])
  expect(one({ model: undefined })).toEqual(['responses.object model'])
  expect(one({ status: undefined })).toEqual(['responses.status missing'])
  expect(one({ status: 'stop' })).toEqual(['responses.status value'])
  expect(one({ status: 'in_progress' })).toEqual(['responses.status not-final'])
  expect(
    one({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, max_output_tokens: 64 }, { max_output_tokens: 64 }),
  ).toEqual(['responses.status not-completed'])
  expect(one({ error: { code: 'x', message: 'y' } })).toEqual(['responses.required-members type'])
  expect(one({ metadata: undefined })).toEqual(['responses.required-members missing'])
  expect(one({ output: undefined })).toEqual(['responses.output missing'])
  expect(one({ output: {} })).toEqual(['responses.output type'])
  expect(one({ output: [{ ...message(), id: '' }] })).toEqual(['responses.output empty'])
  expect(one({ output: [message(), message()] })).toEqual(['responses.output repeated'])
  expect(one({ output: [{ ...message(), role: 'user' }] })).toEqual(['responses.message-item value'])
  expect(one({ output: [{ ...message(), content: 'Hello' }] })).toContain('responses.message-item type')
  expect(one({ output: [{ ...message(), content: [{ type: 'output_text', text: 'Hello' }] }] })).toEqual(['responses.message-item missing'])
  expect(one({ output: [{ id: 't', type: 'text', text: 'Hello' }] })).toEqual(['responses.message-item missing'])
  expect(one({ output: [message('')] })).toEqual(['responses.message-item empty'])
  expect(one({ usage: undefined })).toEqual(['responses.usage missing'])
  expect(one({ usage: { ...reply().usage, total_tokens: '16' } })).toEqual(['responses.usage type'])
  expect(one({ usage: { ...reply().usage, total_tokens: 17 } })).toEqual(['responses.usage total'])
  expect(one({ usage: { ...reply().usage, input_tokens_details: {} } })).toEqual(['responses.usage.details missing'])
  expect(one({}, { metadata: { a: 'b' } })).toEqual(['responses.echo different'])
  expect(one({ output_text: 5 })).toEqual(['wire.shape type'])
})

test('reasoning', () => {
  const bentThought = (change: Change) => bent(change, reply([reasoning(), message()]))
  expect(bentThought((events) => without(events, 'reasoning_summary_part.added'))).toEqual(['rreasoning.stream part-missing'])
  expect(bentThought((events) => without(events, 'reasoning_summary_text.done'))).toEqual(['rreasoning.stream end-missing'])
  expect(bentThought((events) => without(events, 'reasoning_summary_part.done'))).toEqual(['rreasoning.stream close-missing'])
  expect(bentThought((events) => without(events, 'reasoning_text.done'))).toEqual(['rreasoning.stream end-missing'])
  expect(bentThought((events) => put(eventOf(events, 'reasoning_text.done'), 'text', 'no'))).toEqual(['rreasoning.stream end-differs'])
  expect(bentThought((events) => all(events, 'summary_index'))).toEqual(['rreasoning.stream missing'])
  expect(bentThought((events) => drop(events.at(-1).response.output[0], 'summary'))).toEqual(['rreasoning.item missing'])
  const leaked = json('POST /responses', reply([message('<think>so</think>OK')]))
  expect(findings(leaked, ['responses', 'thinks'])).toEqual(['rreasoning.item leaked'])
})
