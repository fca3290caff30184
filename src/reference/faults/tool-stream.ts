import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { chunkLike, fault, finishAt, onChatEvents, onChatRequest, onFinish, onSpokenCalls, onToolDelta, parsedArguments } from './stages.ts'

export const toolDelta = (event: StreamEvent): Json => event.data.choices?.[0]?.delta?.tool_calls?.[0]

/** The heads of the calls in a stream. */
export const onHead = (bend: (delta: Json) => void) =>
  onToolDelta((delta, isHead) => {
    if (isHead) bend(delta)
  })

export const onFragment = (bend: (delta: Json, position: number) => void) =>
  onToolDelta((delta, isHead, position) => {
    if (!isHead) bend(delta, position)
  })

/** Only what belongs to the calls of a stream is handed over; the list given back takes its place. */
export const onCallEvents = (bend: (events: StreamEvent[]) => StreamEvent[]) =>
  onChatEvents((events) => {
    const calls = events.filter(toolDelta)
    if (calls.length === 0) return
    const at = events.findIndex(toolDelta)
    const rest = events.filter((event) => !toolDelta(event))
    return [...rest.slice(0, at), ...bend(calls), ...rest.slice(at)]
  })

/** One event per call: head and all fragments joined by `join`. */
export const perCall = (events: readonly StreamEvent[]): StreamEvent[][] => {
  const groups: StreamEvent[][] = []
  for (const event of events) {
    if (toolDelta(event).id !== undefined) groups.push([])
    groups.at(-1)?.push(event)
  }
  return groups
}

const joined = (group: readonly StreamEvent[]): string => group.map((event) => toolDelta(event).function?.arguments ?? '').join('')

const cumulative = (group: readonly StreamEvent[]): StreamEvent[] => {
  let text = ''
  for (const event of group) {
    text += toolDelta(event).function?.arguments ?? ''
    toolDelta(event).function.arguments = text
  }
  return [...group]
}

const interleaved = (groups: readonly StreamEvent[][]): StreamEvent[] => {
  const longest = Math.max(...groups.map((group) => group.length))
  return Array.from({ length: longest }, (_, step) => groups.flatMap((group) => group[step] ?? [])).flat()
}

/** Streamed tool calls. */
export const toolStreamFaults: readonly Fault[] = [
  fault(
    'tool-index-missing',
    'tools.stream.index',
    'tool-call deltas have no index',
    onToolDelta((delta) => {
      delete delta.index
    }),
  ),
  fault(
    'tool-index-missing-later',
    'tools.stream.index',
    'only the first delta of a call has an index',
    onFragment((delta) => {
      delete delta.index
    }),
  ),
  fault(
    'tool-index-string',
    'tools.stream.index',
    'the index of tool-call deltas is a string',
    onToolDelta((delta) => {
      delta.index = String(delta.index)
    }),
  ),
  fault(
    'tool-index-null',
    'tools.stream.index',
    'the index of tool-call deltas is null',
    onToolDelta((delta) => {
      delta.index = null
    }),
  ),
  fault(
    'tool-index-negative',
    'tools.stream.index',
    'the index of tool-call deltas is negative',
    onToolDelta((delta) => {
      delta.index = -1 - delta.index
    }),
  ),
  fault(
    'tool-index-from-one',
    'tools.stream.index-dense',
    'calls are numbered from one',
    onToolDelta((delta) => {
      delta.index += 1
    }),
  ),
  fault(
    'tool-index-gap',
    'tools.stream.index-dense',
    'call numbers have gaps',
    onToolDelta((delta) => {
      delta.index *= 2
    }),
  ),
  fault(
    'tool-index-reused',
    'tools.stream.index-identity',
    'every call has the index zero',
    onToolDelta((delta) => {
      delta.index = 0
    }),
  ),
  fault(
    'tool-index-moves',
    'tools.stream.index-identity',
    'the id of a call comes again under another index',
    onFragment((delta, position) => {
      if (position === 1) delta.index += 1
    }),
  ),
  fault(
    'tool-stream-id-missing',
    'tools.stream.head',
    'streamed calls have no id',
    onHead((delta) => {
      delete delta.id
    }),
  ),
  fault(
    'tool-stream-id-empty',
    'tools.stream.head',
    'streamed calls have an empty id',
    onHead((delta) => {
      delta.id = ''
    }),
  ),
  fault(
    'tool-stream-id-late',
    'tools.stream.head',
    'the id of a streamed call comes with its second delta',
    onCallEvents((events) => {
      for (const [head, next] of perCall(events)) {
        if (!head || !next) continue
        toolDelta(next).id = toolDelta(head).id
        delete toolDelta(head).id
      }
      return events
    }),
  ),
  fault(
    'tool-stream-type-missing',
    'tools.stream.head',
    'streamed calls have no type',
    onHead((delta) => {
      delete delta.type
    }),
  ),
  fault(
    'tool-stream-type-wrong',
    'tools.stream.head',
    'the type of streamed calls is tool',
    onHead((delta) => {
      delta.type = 'tool'
    }),
  ),
  fault(
    'tool-stream-name-missing',
    'tools.stream.head',
    'streamed calls have no name',
    onHead((delta) => {
      delete delta.function.name
    }),
  ),
  fault(
    'tool-stream-name-late',
    'tools.stream.head',
    'the name of a streamed call comes with its second delta',
    onCallEvents((events) => {
      for (const [head, next] of perCall(events)) {
        if (!head || !next) continue
        toolDelta(next).function.name = toolDelta(head).function.name
        delete toolDelta(head).function.name
      }
      return events
    }),
  ),
  fault(
    'tool-stream-name-split',
    'tools.stream.head',
    'the name of a streamed call comes in two halves',
    onCallEvents((events) => {
      for (const [head, next] of perCall(events)) {
        if (!head || !next) continue
        const { name } = toolDelta(head).function
        toolDelta(head).function.name = name.slice(0, 3)
        toolDelta(next).function.name = name.slice(3)
      }
      return events
    }),
  ),
  fault(
    'tool-stream-head-after-arguments',
    'tools.stream.head',
    'the head of a call follows its first fragment',
    onCallEvents((events) =>
      perCall(events).flatMap(([head, next, ...rest]) => (head && next ? [next, head, ...rest] : [head as StreamEvent])),
    ),
  ),
  fault(
    'tool-name-repeated',
    'tools.stream.head-once',
    'every delta of a call repeats the name',
    onCallEvents((events) => {
      for (const group of perCall(events))
        for (const event of group) toolDelta(event).function.name = toolDelta(group[0] as StreamEvent).function.name
      return events
    }),
  ),
  fault(
    'tool-head-repeated',
    'tools.stream.head-once',
    'every delta of a call repeats the id',
    onCallEvents((events) => {
      for (const group of perCall(events)) for (const event of group) toolDelta(event).id = toolDelta(group[0] as StreamEvent).id
      return events
    }),
  ),
  fault(
    'tool-id-changes',
    'tools.stream.index-identity',
    'every delta of a call has a new id',
    onCallEvents((events) => {
      for (const [index, event] of events.entries()) toolDelta(event).id = `call_part_${index}`
      return events
    }),
  ),
  fault(
    'tool-stream-arguments-object',
    'tools.stream.arguments',
    'streamed arguments are an object',
    onCallEvents((events) =>
      perCall(events).map((group) => {
        const [head] = group as [StreamEvent]
        toolDelta(head).function.arguments = parsedArguments(joined(group))
        return head
      }),
    ),
  ),
  fault(
    'tool-stream-arguments-null',
    'tools.stream.arguments',
    'the head of a call has null for arguments',
    onHead((delta) => {
      delta.function.arguments = null
    }),
  ),
  fault(
    'tool-arguments-cumulative',
    'tools.stream.arguments',
    'every fragment repeats the arguments so far',
    onCallEvents((events) => perCall(events).flatMap(cumulative)),
  ),
  fault(
    'tool-arguments-lost',
    'tools.stream.arguments',
    'the last fragment of the arguments is lost',
    onCallEvents((events) => perCall(events).flatMap((group) => (group.length > 1 ? group.slice(0, -1) : group))),
  ),
  fault(
    'tool-arguments-first-lost',
    'tools.stream.arguments',
    'the first fragment of the arguments is lost',
    onCallEvents((events) => perCall(events).flatMap(([head, , ...rest]) => [head as StreamEvent, ...rest])),
  ),
  fault(
    'tool-arguments-twice',
    'tools.stream.arguments',
    'the whole arguments follow their fragments',
    onCallEvents((events) =>
      perCall(events).flatMap((group) => {
        const last = structuredClone(group.at(-1) as StreamEvent)
        toolDelta(last).function = { arguments: joined(group) }
        return [...group, last]
      }),
    ),
  ),
  fault(
    'tool-arguments-braces-first',
    'tools.stream.arguments',
    'the head of a call has an empty object before the fragments',
    onHead((delta) => {
      delta.function.arguments = '{}'
    }),
  ),
  fault(
    'tool-two-entries',
    'tools.stream.one-entry-per-chunk',
    'one chunk holds the head and a fragment of the same call',
    onCallEvents((events) =>
      perCall(events).flatMap(([head, next, ...rest]) => {
        if (!head || !next) return [head as StreamEvent]
        head.data.choices[0].delta.tool_calls.push(toolDelta(next))
        return [head, ...rest]
      }),
    ),
  ),
  fault(
    'tool-interleaved',
    'tools.stream.sequential',
    'the deltas of several calls take turns',
    onCallEvents((events) => interleaved(perCall(events))),
  ),
  fault(
    'tool-arguments-whole',
    'tools.stream.incremental',
    'arguments come in one piece',
    onCallEvents((events) =>
      perCall(events).map((group) => {
        const [head] = group as [StreamEvent]
        toolDelta(head).function.arguments = joined(group)
        return head
      }),
    ),
  ),
  fault(
    'tool-stream-finish-stop',
    'tools.stream.finish',
    'streams with calls finish with stop',
    onFinish((entry) => {
      if (entry.finish_reason === 'tool_calls') entry.finish_reason = 'stop'
    }),
  ),
  fault(
    'tool-stream-finish-early',
    'tools.stream.finish',
    'a fragment follows the finish',
    onChatEvents((events) => {
      const at = finishAt(events)
      const last = events[at - 1]
      if (!last || !toolDelta(last)) return
      return [...events.slice(0, at - 1), events[at] as StreamEvent, last, ...events.slice(at + 1)]
    }),
  ),
  fault(
    'tool-stream-in-finish',
    'stream.finish-own-chunk',
    'the last fragment comes with the finish',
    onChatEvents((events) => {
      const at = finishAt(events)
      const last = events[at - 1]
      if (!last || !toolDelta(last)) return
      last.data.choices[0].finish_reason = events[at]?.data.choices[0].finish_reason
      return events.filter((_, index) => index !== at)
    }),
  ),
  fault(
    'tool-stream-object',
    'tools.stream.index',
    'tool_calls in deltas is one object',
    onChatEvents((events) => {
      for (const event of events) if (toolDelta(event)) event.data.choices[0].delta.tool_calls = toolDelta(event)
    }),
  ),
  fault(
    'tool-stream-legacy',
    'tools.stream.head',
    'streamed calls come in the deprecated function_call',
    onChatEvents((events) => {
      for (const event of events) {
        const call = toolDelta(event)
        if (call) event.data.choices[0].delta = { function_call: call.function }
      }
    }),
  ),
  fault(
    'tool-stream-required-ignored',
    'tools.stream.parity',
    'the choice required is ignored when streaming',
    onChatRequest((body) => {
      if (body.stream === true && body.tool_choice === 'required' && Array.isArray(body.tools)) body.tool_choice = 'none'
    }),
  ),
  fault(
    'tool-stream-other-arguments',
    'tools.stream.parity',
    'streamed arguments do not satisfy the schema',
    onSpokenCalls((calls, _, call) => {
      if (call.json?.stream === true) for (const spoken of calls) spoken.arguments = '{"place":7}'
    }),
  ),
  fault(
    'tool-stream-markup',
    'tools.no-markup-leak',
    'streamed calls are left in the text as markup',
    onSpokenCalls((calls, speech, call) => {
      if (call.json?.stream !== true) return
      speech.content = calls.map((spoken) => `<tool_call>{"name":"${spoken.name}","arguments":${spoken.arguments}}</tool_call>`).join('')
      speech.calls = []
      speech.finish = 'stop'
    }),
  ),
  fault(
    'tool-stream-echo',
    'stream.finish-last',
    'the calls are sent once more after the finish',
    onChatEvents((events) => {
      const at = finishAt(events)
      const calls = events.filter(toolDelta).map((event) => toolDelta(event))
      if (calls.length === 0) return
      return [...events.slice(0, at + 1), chunkLike(events[0] as StreamEvent, { tool_calls: calls }), ...events.slice(at + 1)]
    }),
  ),
]
