import type { Fault, Json, SpokenCall, StreamEvent } from '../exchange.ts'
import { fault, onMessage, onSpeech, onSpokenCalls } from './stages.ts'
import { onCallEvents, onFragment, onHead, perCall, toolDelta } from './tool-stream.ts'

const markup = (calls: readonly SpokenCall[]): string =>
  calls.map((call) => `<tool_call>{"name":"${call.name}","arguments":${call.arguments}}</tool_call>`).join('')

const said = (group: readonly StreamEvent[] = []): string => group.map((event) => toolDelta(event).function.arguments).join('')

const hasResults = (body: Json): boolean => Array.isArray(body?.messages) && body.messages.some((message: Json) => message?.role === 'tool')

/** What was reported of real endpoints: calls, above all streamed ones. */
export const fieldCallFaults: readonly Fault[] = [
  fault(
    'frames-in-arguments',
    'tools.stream.arguments',
    'the raw text of the last frames is part of the arguments',
    onCallEvents((events) => {
      for (const group of perCall(events)) toolDelta(group.at(-1) as StreamEvent).function.arguments += ': cache-hit=false [DONE]'
      return events
    }),
  ),
  fault(
    'later-turn-markup',
    'tools.no-markup-leak',
    'calls of later turns are left in the text as markup when streaming',
    onSpokenCalls((calls, speech, call) => {
      if (call.json?.stream !== true || !hasResults(call.json)) return
      Object.assign(speech, { content: markup(calls), calls: [], finish: 'stop' })
    }),
  ),
  fault(
    'torn-call-markup',
    'tools.no-markup-leak',
    'a call that the cap has cut is left in the text as markup when streaming',
    onSpeech((speech, call) => {
      const { stream, tools, tool_choice: choice } = call.json ?? {}
      if (stream !== true || choice !== 'required' || speech.finish !== 'length') return
      Object.assign(speech, { content: `<tool_call>{"name":"${tools?.[0]?.function?.name}","arg`, calls: [] })
    }),
  ),
  fault(
    'bare-arguments',
    'tools.stream.index',
    'a streamed call is nothing but its arguments',
    onCallEvents((events) =>
      perCall(events).map((group) => {
        const [head] = group as [StreamEvent]
        head.data.choices[0].delta.tool_calls = [{ function: { arguments: said(group) } }]
        return head
      }),
    ),
  ),
  fault(
    'only-last-has-arguments',
    'tools.stream.arguments',
    'of several streamed calls only the last has arguments',
    onCallEvents((events) => {
      const groups = perCall(events)
      return groups.flatMap((group, index) => (index < groups.length - 1 ? group.slice(0, 1) : group))
    }),
  ),
  fault(
    'one-id-for-all-calls',
    'tools.call.id-unique',
    'all calls of a streamed reply have the same id',
    onCallEvents((events) => {
      const id = toolDelta(events[0] as StreamEvent).id
      for (const event of events) if (toolDelta(event).id !== undefined) toolDelta(event).id = id
      return events
    }),
  ),
  fault(
    'phantom-call',
    'tools.call',
    'an answer to a tool result has a call without id and function beside its text',
    onMessage((message) => {
      if (/^The result is/.test(message.content)) message.tool_calls = [{ id: '', type: 'function' }]
    }),
  ),
  fault(
    'extra-brace',
    'tools.stream.arguments',
    'streamed arguments end with a bracket too many',
    onCallEvents((events) => {
      for (const group of perCall(events)) toolDelta(group.at(-1) as StreamEvent).function.arguments += '}'
      return events
    }),
  ),
  fault(
    'first-of-several-cut',
    'tools.stream.arguments',
    'of several streamed calls the first loses the end of its arguments',
    onCallEvents((events) => {
      const [first, ...rest] = perCall(events)
      return [...(first as StreamEvent[]).slice(0, rest.length > 0 ? -2 : undefined), ...rest.flat()]
    }),
  ),
  fault(
    'tool-id-number',
    'tools.call',
    'the id of calls is a number',
    onMessage((message) => {
      for (const [index, call] of (message.tool_calls ?? []).entries()) call.id = 1000 + index
    }),
    onHead((delta) => {
      delta.id = 1000 + delta.index
    }),
  ),
  fault(
    'lost-after-empty-call',
    'tools.stream.arguments',
    'a model calls ping first where it can, and the streamed call after one without arguments loses its own',
    onSpokenCalls((calls, _, call) => {
      const known = call.json?.tools?.some((tool: Json) => tool.function?.name === 'ping')
      if (known && calls[0]?.name !== 'ping') calls.unshift({ id: 'call_ping', name: 'ping', arguments: '{}' })
    }),
    onCallEvents((events) => {
      const groups = perCall(events)
      return groups.flatMap((group, index) => (index > 0 && said(groups[index - 1]) === '{}' ? group.slice(0, 1) : group))
    }),
  ),
  fault(
    'required-without-calls',
    'tools.call',
    'a required call is not made, and the reply still finishes with tool_calls',
    onSpokenCalls((_, speech, call) => {
      if (!call.target.endsWith('/completions') || call.json?.tool_choice !== 'required') return
      Object.assign(speech, { calls: [], content: '', finish: 'tool_calls' })
    }),
  ),
  fault(
    'call-head-without-arguments',
    'wire.delta.arguments-key',
    'the head of a streamed call has no arguments member',
    onHead((delta) => {
      delete delta.function.arguments
    }),
  ),
  fault(
    'continuation-nulls',
    'wire.delta.call-blanks',
    'later deltas of a call have null for id, type and name',
    onFragment((delta) => {
      Object.assign(delta, { id: null, type: null, function: { name: null, ...delta.function } })
    }),
  ),
  fault(
    'continuation-empty-id',
    'wire.delta.call-blanks',
    'later deltas of a call have an empty id',
    onFragment((delta) => {
      delta.id = ''
    }),
  ),
  fault(
    'continuation-empty-name',
    'wire.delta.call-blanks',
    'later deltas of a call have an empty name',
    onFragment((delta) => {
      delta.function.name = ''
    }),
  ),
]
