import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { fault, isTerminal, onEvents, onResponseEvents, onTerminal, parsedArguments, renumbered, without } from './stages.ts'

const type =
  (...names: readonly string[]) =>
  (event: StreamEvent): boolean =>
    names.includes(event.data.type)

const each = (bend: (data: Json, index: number, event: StreamEvent) => void) =>
  onResponseEvents((events) => {
    for (const [index, event] of events.entries()) bend(event.data, index, event)
  })

const dropMember = (name: string, when: (data: Json) => boolean = () => true) =>
  each((data) => {
    if (when(data)) delete data[name]
  })

const insertAfter = (when: (event: StreamEvent) => boolean, make: (event: StreamEvent) => StreamEvent) =>
  onResponseEvents((events) => renumbered(events.flatMap((event) => (when(event) ? [event, make(event)] : [event]))))

const copy = (event: StreamEvent): StreamEvent => structuredClone(event)

const swap = (first: string, second: string) =>
  onResponseEvents((events) => {
    const a = events.findIndex(type(first))
    const b = events.findIndex(type(second))
    if (a < 0 || b < 0) return
    const [x, y] = [events[a] as StreamEvent, events[b] as StreamEvent]
    events[a] = y
    events[b] = x
    renumbered(events)
  })

const isText = (data: Json): boolean => data.type.startsWith('response.output_text')

const isCall = (data: Json): boolean => data.item?.type === 'function_call'

const isMessage = (data: Json): boolean => data.item?.type === 'message'

/** Streamed responses. */
export const responsesStreamFaults: readonly Fault[] = [
  fault(
    'rstream-event-name-missing',
    'rstream.event-name',
    'events have no event line',
    each((_data, _index, event) => {
      delete event.event
    }),
  ),
  fault(
    'rstream-event-name-differs',
    'rstream.event-name',
    'event lines lack the prefix',
    each((data, _index, event) => {
      event.event = data.type.replace('response.', '')
    }),
  ),
  fault(
    'rstream-event-name-message',
    'rstream.event-name',
    'every event line says message',
    each((_data, _index, event) => {
      event.event = 'message'
    }),
  ),
  fault(
    'rstream-type-missing',
    'rstream.event-name',
    'the data of events have no type',
    each((data) => {
      delete data.type
    }),
  ),
  fault('rstream-no-sequence', 'rstream.sequence.present', 'events have no sequence number', dropMember('sequence_number')),
  fault(
    'rstream-sequence-string',
    'rstream.sequence.present',
    'sequence numbers are strings',
    each((data, index) => {
      data.sequence_number = String(index)
    }),
  ),
  fault(
    'rstream-sequence-repeated',
    'rstream.sequence.present',
    'two events have the same sequence number',
    each((data, index) => {
      data.sequence_number = index > 3 ? index - 1 : index
    }),
  ),
  fault(
    'rstream-sequence-constant',
    'rstream.sequence.present',
    'every sequence number is zero',
    each((data) => {
      data.sequence_number = 0
    }),
  ),
  fault(
    'rstream-sequence-missing-on-terminal',
    'rstream.sequence.present',
    'the last event has no sequence number',
    onTerminal((_, event) => {
      delete event.data.sequence_number
    }),
  ),
  fault(
    'rstream-sequence-gap',
    'rstream.sequence.contiguous',
    'sequence numbers have a gap',
    each((data, index) => {
      data.sequence_number = index > 3 ? index + 1 : index
    }),
  ),
  fault(
    'rstream-sequence-from-one',
    'rstream.sequence.contiguous',
    'sequence numbers start at one',
    each((data, index) => {
      data.sequence_number = index + 1
    }),
  ),
  fault('rstream-created-missing', 'rstream.created-first', 'streams begin without response.created', without(type('response.created'))),
  fault(
    'rstream-created-late',
    'rstream.created-first',
    'response.created is the second event',
    swap('response.created', 'response.in_progress'),
  ),
  fault('rstream-created-twice', 'rstream.created-first', 'response.created is sent twice', insertAfter(type('response.created'), copy)),
  fault(
    'rstream-created-completed',
    'rstream.created-first',
    'response.created says that the response is completed',
    onEvents('response.created', (data) => {
      data.response.status = 'completed'
    }),
  ),
  fault(
    'rstream-created-without-output',
    'rstream.created-first',
    'response.created has no output list',
    onEvents('response.created', (data) => {
      delete data.response.output
    }),
  ),
  fault(
    'rstream-created-with-output',
    'rstream.created-first',
    'response.created has output already',
    onResponseEvents((events) => {
      const [first] = events
      if (first) first.data.response.output = structuredClone(events.at(-1)?.data.response.output)
    }),
  ),
  fault(
    'rstream-created-bare',
    'rstream.created-first',
    'response.created has no response',
    onEvents('response.created', (data) => {
      delete data.response
    }),
  ),
  fault('rstream-in-progress-missing', 'rstream.in-progress', 'response.in_progress is not sent', without(type('response.in_progress'))),
  fault(
    'rstream-in-progress-late',
    'rstream.in-progress',
    'response.in_progress follows the first item',
    swap('response.in_progress', 'response.output_item.added'),
  ),
  fault(
    'rstream-response-id-changes',
    'rstream.response-id-stable',
    'the last event has another response id',
    onTerminal((response) => {
      response.id = `${response.id}_final`
    }),
  ),
  fault(
    'rstream-response-id-missing',
    'rstream.response-id-stable',
    'lifecycle events have no response id',
    each((data) => {
      delete data.response?.id
    }),
  ),
  fault(
    'rstream-response-id-empty',
    'rstream.response-id-stable',
    'the response id of lifecycle events is empty',
    each((data) => {
      if (data.response) data.response.id = ''
    }),
  ),
  fault('rstream-item-added-missing', 'rstream.item.added-first', 'items are not announced', without(type('response.output_item.added'))),
  fault(
    'rstream-item-added-late',
    'rstream.item.added-first',
    'items are announced after their first part',
    swap('response.output_item.added', 'response.content_part.added'),
  ),
  fault(
    'rstream-item-added-filled',
    'rstream.item.added-first',
    'items are announced with their whole content',
    onResponseEvents((events) => {
      for (const event of events.filter(type('response.output_item.added'))) {
        event.data.item = structuredClone(events.at(-1)?.data.response.output[event.data.output_index])
        event.data.item.status = 'in_progress'
      }
    }),
  ),
  fault(
    'rstream-item-added-completed',
    'rstream.item.added-first',
    'items are announced as completed',
    onEvents('response.output_item.added', (data) => {
      data.item.status = 'completed'
    }),
  ),
  fault(
    'rstream-item-added-bare',
    'rstream.item.added-first',
    'items are announced without the item',
    onEvents('response.output_item.added', (data) => {
      delete data.item
    }),
  ),
  fault('rstream-output-index-missing', 'rstream.item.output-index', 'item events have no output index', dropMember('output_index')),
  fault(
    'rstream-output-index-missing-on-deltas',
    'rstream.item.output-index',
    'deltas have no output index',
    dropMember('output_index', (data) => data.type.endsWith('.delta')),
  ),
  fault(
    'rstream-output-index-from-one',
    'rstream.item.output-index',
    'output indexes start at one',
    each((data) => {
      if (data.output_index !== undefined) data.output_index += 1
    }),
  ),
  fault(
    'rstream-output-index-string',
    'rstream.item.output-index',
    'output indexes are strings',
    each((data) => {
      if (data.output_index !== undefined) data.output_index = String(data.output_index)
    }),
  ),
  fault(
    'rstream-output-index-unannounced',
    'rstream.item.output-index',
    'deltas have an output index that no item has',
    each((data) => {
      if (data.type.endsWith('.delta')) data.output_index += 5
    }),
  ),
  fault(
    'rstream-item-id-changes',
    'rstream.item.id-stable',
    'the id of an item differs from event to event',
    each((data, index) => {
      if (data.item_id) data.item_id = `${data.item_id}_${index}`
    }),
  ),
  fault('rstream-item-id-missing', 'rstream.item.id-stable', 'deltas do not name their item', dropMember('item_id')),
  fault(
    'rstream-item-id-empty',
    'rstream.item.id-stable',
    'deltas name an empty item',
    each((data) => {
      if (data.item_id) data.item_id = ''
    }),
  ),
  fault(
    'rstream-done-item-id-differs',
    'rstream.item.id-stable',
    'the finished item has another id than the announced one',
    onEvents('response.output_item.done', (data) => {
      data.item.id = `${data.item.id}_done`
    }),
  ),
  fault(
    'rstream-terminal-item-id-differs',
    'rstream.item.id-stable',
    'the items of the last event have other ids',
    onTerminal((response) => {
      for (const item of response.output) item.id = `${item.id}_final`
    }),
  ),
  fault('rstream-item-done-missing', 'rstream.item.done', 'items are never finished', without(type('response.output_item.done'))),
  fault('rstream-item-done-twice', 'rstream.item.done', 'items are finished twice', insertAfter(type('response.output_item.done'), copy)),
  fault(
    'rstream-item-done-in-progress',
    'rstream.item.done',
    'finished items are still in progress',
    onEvents('response.output_item.done', (data) => {
      data.item.status = 'in_progress'
    }),
  ),
  fault(
    'rstream-delta-after-item-done',
    'rstream.item.done',
    'a delta follows the finished item',
    onResponseEvents((events) => {
      const last = events.findLastIndex((event) => event.data.type.endsWith('.delta'))
      const done = events.findLastIndex(type('response.output_item.done'))
      if (last < 0 || done < last) return
      const [late] = events.splice(last, 1) as [StreamEvent]
      events.splice(done, 0, late)
      renumbered(events)
    }),
  ),
  fault('rstream-part-added-missing', 'rstream.part.added-first', 'parts are not announced', without(type('response.content_part.added'))),
  fault(
    'rstream-part-added-filled',
    'rstream.part.added-first',
    'parts are announced with their whole text',
    onResponseEvents((events) => {
      const done = events.find(type('response.content_part.done'))
      for (const event of events.filter(type('response.content_part.added'))) event.data.part.text = done?.data.part.text
    }),
  ),
  fault(
    'rstream-part-added-late',
    'rstream.part.added-first',
    'parts are announced after the first delta',
    swap('response.content_part.added', 'response.output_text.delta'),
  ),
  fault(
    'rstream-content-index-missing',
    'rstream.part.content-index',
    'part and text events have no content index',
    dropMember('content_index'),
  ),
  fault(
    'rstream-content-index-missing-on-deltas',
    'rstream.part.content-index',
    'text deltas have no content index',
    dropMember('content_index', (data) => data.type === 'response.output_text.delta'),
  ),
  fault(
    'rstream-content-index-from-one',
    'rstream.part.content-index',
    'content indexes start at one',
    each((data) => {
      if (data.content_index !== undefined) data.content_index += 1
    }),
  ),
  fault(
    'rstream-content-index-string',
    'rstream.part.content-index',
    'content indexes are strings',
    each((data) => {
      if (data.content_index !== undefined) data.content_index = String(data.content_index)
    }),
  ),
  fault('rstream-text-done-missing', 'rstream.text.done', 'the whole text is not sent', without(type('response.output_text.done'))),
  fault(
    'rstream-text-done-differs',
    'rstream.text.done',
    'the whole text differs from its deltas',
    onEvents('response.output_text.done', (data) => {
      data.text += '!'
    }),
  ),
  fault(
    'rstream-text-done-empty',
    'rstream.text.done',
    'the whole text is empty',
    onEvents('response.output_text.done', (data) => {
      data.text = ''
    }),
  ),
  fault(
    'rstream-part-done-differs',
    'rstream.text.done',
    'the finished part has another text',
    onEvents('response.content_part.done', (data) => {
      data.part.text += '!'
    }),
  ),
  fault(
    'rstream-item-done-differs',
    'rstream.text.done',
    'the finished item has another text',
    onEvents('response.output_item.done', (data) => {
      if (isMessage(data)) data.item.content[0].text += '!'
    }),
  ),
  fault(
    'rstream-item-done-empty',
    'rstream.text.done',
    'the finished item has no content',
    onEvents('response.output_item.done', (data) => {
      if (isMessage(data)) data.item.content = []
    }),
  ),
  fault(
    'rstream-deltas-cumulative',
    'rstream.text.done',
    'every delta repeats the text so far',
    onResponseEvents((events) => {
      let text = ''
      for (const { data } of events.filter(type('response.output_text.delta'))) {
        text += data.delta
        data.delta = text
      }
    }),
  ),
  fault(
    'rstream-delta-lost',
    'rstream.text.done',
    'the last delta is lost',
    onResponseEvents((events) => {
      const last = events.findLastIndex(type('response.output_text.delta'))
      if (last >= 0) return renumbered(events.filter((_, index) => index !== last))
    }),
  ),
  fault(
    'rstream-delta-object',
    'rstream.text.done',
    'deltas are objects',
    onEvents('response.output_text.delta', (data) => {
      data.delta = { text: data.delta }
    }),
  ),
  fault('rstream-logprobs-missing', 'rstream.text.logprobs', 'text events have no logprobs', dropMember('logprobs', isText)),
  fault(
    'rstream-logprobs-null',
    'rstream.text.logprobs',
    'the logprobs of text events are null',
    each((data) => {
      if (isText(data)) data.logprobs = null
    }),
  ),
  fault('rstream-terminal-missing', 'rstream.terminal', 'streams end without a last lifecycle event', without(isTerminal)),
  fault('rstream-terminal-twice', 'rstream.terminal', 'the last lifecycle event is sent twice', insertAfter(isTerminal, copy)),
  fault(
    'rstream-terminal-unknown',
    'rstream.terminal',
    'the last event is response.done',
    onTerminal((_, event) => {
      event.event = 'response.done'
      event.data.type = 'response.done'
    }),
  ),
  fault(
    'rstream-event-after-terminal',
    'rstream.terminal',
    'an event follows the last lifecycle event',
    insertAfter(isTerminal, () => ({ event: 'response.in_progress', data: { type: 'response.in_progress' } })),
  ),
  fault(
    'rstream-after-sentinel',
    'rstream.sentinel',
    'something follows the sentinel',
    onResponseEvents((events) => [...events, { data: '[DONE]' }, { data: '[DONE]' }]),
  ),
  fault(
    'rstream-terminal-without-usage',
    'rstream.terminal.snapshot',
    'the last event has no usage',
    onTerminal((response) => {
      response.usage = null
    }),
  ),
  fault(
    'rstream-terminal-output-empty',
    'rstream.terminal.snapshot',
    'the last event has no output',
    onTerminal((response) => {
      response.output = []
    }),
  ),
  fault(
    'rstream-terminal-output-missing',
    'rstream.terminal.snapshot',
    'the last event lacks the output list',
    onTerminal((response) => {
      delete response.output
    }),
  ),
  fault(
    'rstream-terminal-text-differs',
    'rstream.terminal.snapshot',
    'the output of the last event has another text',
    onTerminal((response) => {
      for (const item of response.output) if (item.type === 'message') item.content[0].text += '!'
    }),
  ),
  fault(
    'rstream-terminal-without-response',
    'rstream.terminal.snapshot',
    'the last event has no response',
    onTerminal((_, event) => {
      event.data = { type: event.data.type, sequence_number: event.data.sequence_number }
    }),
  ),
  fault(
    'rstream-terminal-in-progress',
    'rstream.terminal.snapshot',
    'the response of the last event is still in progress',
    onTerminal((response) => {
      response.status = 'in_progress'
    }),
  ),
  fault(
    'rstream-completed-though-cut',
    'rstream.terminal.incomplete',
    'streams cut by the cap end as completed',
    onTerminal((response, event) => {
      event.event = 'response.completed'
      event.data.type = 'response.completed'
      response.status = 'completed'
      response.incomplete_details = null
    }),
  ),
  fault(
    'rstream-incomplete-status',
    'rstream.terminal.incomplete',
    'response.incomplete holds a completed response',
    onTerminal((response) => {
      if (response.status === 'incomplete') response.status = 'completed'
    }),
  ),
  fault(
    'rstream-incomplete-reason-missing',
    'rstream.terminal.incomplete',
    'response.incomplete does not say why',
    onTerminal((response) => {
      response.incomplete_details = null
    }),
  ),
  fault(
    'rstream-incomplete-item-completed',
    'rstream.terminal.incomplete',
    'the item that was cut is completed',
    onResponseEvents((events) => {
      for (const { data } of events) {
        if (data.type === 'response.output_item.done') data.item.status = 'completed'
        if (data.type === 'response.incomplete') for (const item of data.response.output) item.status = 'completed'
      }
    }),
  ),
  fault(
    'rstream-chunk-objects',
    'rstream.extensions',
    'chat chunks are among the events',
    onResponseEvents((events) => {
      const chunk = {
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'reference',
        choices: [{ index: 0, delta: { content: 'OK' }, finish_reason: null }],
      }
      return [...events.slice(0, 3), { data: chunk }, ...events.slice(3)]
    }),
  ),
  fault(
    'rstream-all-chunks',
    'rstream.extensions',
    'streamed responses are chat chunks throughout',
    onResponseEvents((events) => {
      const chunk = (delta: Json, finish_reason: string | null = null): StreamEvent => ({
        data: {
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'reference',
          choices: [{ index: 0, delta, finish_reason }],
        },
      })
      const deltas = events.filter(type('response.output_text.delta')).map((event) => chunk({ content: event.data.delta }))
      return [chunk({ role: 'assistant' }), ...deltas, chunk({}, 'stop'), { data: '[DONE]' }]
    }),
  ),
  fault(
    'rstream-error-silent',
    'rstream.error',
    'an error event has no message, and nothing follows it',
    onResponseEvents((events) => {
      const at = Math.min(4, events.length - 1)
      return renumbered([...events.slice(0, at), { event: 'error', data: { type: 'error', sequence_number: at, code: 'server_error' } }])
    }),
  ),
  fault(
    'rstream-failed-missing',
    'rstream.error',
    'an error event is not followed by response.failed',
    onResponseEvents((events) => {
      const at = Math.min(4, events.length - 1)
      const error = { type: 'error', sequence_number: at, code: 'server_error', message: 'The engine stopped.', param: null }
      return renumbered([...events.slice(0, at), { event: 'error', data: error }])
    }),
  ),
  fault(
    'rstream-failed-without-error',
    'rstream.error',
    'response.failed does not say what failed',
    onTerminal((response, event) => {
      event.event = 'response.failed'
      event.data.type = 'response.failed'
      response.status = 'failed'
    }),
  ),
  fault(
    'rstream-arguments-done-missing',
    'rtools.stream',
    'the whole arguments are not sent',
    without(type('response.function_call_arguments.done')),
  ),
  fault(
    'rstream-arguments-done-differs',
    'rtools.stream',
    'the whole arguments differ from their deltas',
    onEvents('response.function_call_arguments.done', (data) => {
      data.arguments = '{"city":"Nowhere"}'
    }),
  ),
  fault(
    'rstream-arguments-done-object',
    'rtools.stream',
    'the whole arguments are an object',
    onEvents('response.function_call_arguments.done', (data) => {
      data.arguments = parsedArguments(data.arguments)
    }),
  ),
  fault(
    'rstream-arguments-delta-missing',
    'rtools.stream',
    'arguments are sent without deltas',
    without(type('response.function_call_arguments.delta')),
  ),
  fault(
    'rstream-arguments-cumulative',
    'rtools.stream',
    'every delta repeats the arguments so far',
    onResponseEvents((events) => {
      let text = ''
      for (const { data } of events.filter(type('response.function_call_arguments.delta'))) {
        text += data.delta
        data.delta = text
      }
    }),
  ),
  fault(
    'rstream-call-added-filled',
    'rtools.stream',
    'calls are announced with their arguments',
    onResponseEvents((events) => {
      const done = events.findLast((event) => event.data.type === 'response.output_item.done' && isCall(event.data))
      for (const { data } of events.filter(type('response.output_item.added')))
        if (isCall(data)) data.item.arguments = done?.data.item.arguments
    }),
  ),
  fault(
    'rstream-call-added-nameless',
    'rtools.stream',
    'calls are announced without their name',
    onEvents('response.output_item.added', (data) => {
      if (isCall(data)) delete data.item.name
    }),
  ),
  fault(
    'rstream-call-done-differs',
    'rtools.stream',
    'the finished call has other arguments',
    onEvents('response.output_item.done', (data) => {
      if (isCall(data)) data.item.arguments = '{"city":"Nowhere"}'
    }),
  ),
  fault(
    'rstream-call-id-changes',
    'rtools.stream',
    'the finished call has another call_id than the announced one',
    onEvents('response.output_item.done', (data) => {
      if (isCall(data)) data.item.call_id = `${data.item.call_id}_done`
    }),
  ),
]
