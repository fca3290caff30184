import type { Fault, Json, StreamEvent } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import {
  fault,
  isTerminal,
  onEvents,
  onResponse,
  onResponseEvents,
  onResponsesRequest,
  onTerminal,
  refusesResponses,
  renumbered,
  thinkingFault,
  without,
} from './stages.ts'

const copy = (event: StreamEvent): StreamEvent => structuredClone(event)

const isCall = (data: Json): boolean => data.item?.type === 'function_call'

const hasCalls = (events: readonly StreamEvent[]): boolean => events.some(({ data }) => isCall(data))

const hasTools = (call: Json): boolean => Array.isArray(call.json?.tools) && call.json.tools.length > 0

/** Nothing but the events about the response as a whole, whose output is empty. */
const saysNothing = (events: StreamEvent[]): StreamEvent[] => {
  const kept = events.filter(({ data }) => data.response !== undefined)
  for (const { data } of kept) data.response.output = []
  return renumbered(kept)
}

const roles = (body: Json): readonly unknown[] => (Array.isArray(body.input) ? body.input.map((item: Json) => item?.role) : [])

const isReasoningPart = ({ data }: StreamEvent): boolean =>
  data.type.startsWith('response.content_part.') && data.part?.type === 'reasoning_text'

/** What was reported of real endpoints: the Responses API and its events. */
export const fieldEventFaults: readonly Fault[] = [
  fault(
    'rstream-unannounced-message-closed',
    'rstream.item.added-first',
    'beside a call an empty message is finished that was never announced',
    onResponseEvents((events) => {
      if (!hasCalls(events)) return
      const end = events.findIndex(isTerminal)
      const terminal = events[end] as StreamEvent
      const id = 'msg_chatcmpl-6a2f'
      const part = { type: 'output_text', text: '', annotations: [], logprobs: [] }
      const item = { id, type: 'message', role: 'assistant', status: 'completed', content: [part] }
      const output_index = terminal.data.response.output.length
      const place = { item_id: id, output_index, content_index: 0 }
      terminal.data.response.output.push(structuredClone(item))
      const closing = [
        { type: 'response.output_text.done', ...place, text: '', logprobs: [] },
        { type: 'response.content_part.done', ...place, part },
        { type: 'response.output_item.done', output_index, item },
      ].map((data): StreamEvent => ({ event: data.type, data: { ...structuredClone(data), sequence_number: 0 } }))
      return renumbered([...events.slice(0, end), ...closing, terminal])
    }),
  ),
  fault(
    'rstream-tools-no-output',
    'responses.message-item',
    'streams begin and are completed without anything between when there are tools',
    onResponseEvents((events, call) => (hasTools(call) ? saysNothing(events) : undefined)),
  ),
  fault(
    'rstream-arguments-done-empty',
    'rtools.stream',
    'the whole arguments are an empty string',
    onEvents('response.function_call_arguments.done', (data) => {
      data.arguments = ''
    }),
  ),
  fault(
    'responses-calls-dropped',
    'responses.message-item',
    'calls are missing from the output of replies, which are completed all the same',
    onResponse((body) => {
      body.output = body.output.filter((item: Json) => item.type !== 'function_call')
    }),
  ),
  fault(
    'instructions-beside-developer-refused',
    'responses.input.forms',
    'instructions and a message from the developer make two system messages, which the template refuses',
    refusesResponses((body) => typeof body.instructions === 'string' && roles(body).includes('developer'), 'input'),
  ),
  fault(
    'custom-tools-refused',
    'rtools.custom',
    'all tools of a request must be functions',
    onResponsesRequest((body) =>
      Array.isArray(body.tools) && body.tools.some((tool: Json) => tool?.type === 'custom')
        ? errorAnswer("'type' of tool must be 'function'", { param: 'tools[1].type' })
        : undefined,
    ),
  ),
  fault(
    'rstream-content-index-counts-deltas',
    'rstream.part.content-index',
    'the content index goes up with every delta',
    onResponseEvents((events) => {
      let count = 12
      for (const { data } of events) if (data.type === 'response.output_text.delta') data.content_index = count++
      return undefined
    }),
  ),
  fault(
    'rstream-call-done-id-null',
    'rstream.item.id-stable',
    'the id of a finished call is null',
    onEvents('response.output_item.done', (data) => {
      if (isCall(data)) data.item.id = null
    }),
  ),
  thinkingFault(
    'rstream-reasoning-part-never-done',
    'rreasoning.stream',
    'parts of thoughts are announced and never finished',
    without((event) => event.data.type === 'response.content_part.done' && isReasoningPart(event)),
  ),
  thinkingFault(
    'rstream-reasoning-part-events',
    'rstream.event-types',
    'parts of thoughts have events that the vendor made up',
    onResponseEvents((events) => {
      const made = events.flatMap((event) => {
        if (!isReasoningPart(event)) return [event]
        const own = copy(event)
        own.data.type = own.data.type.replace('content_part', 'reasoning_part')
        own.event = own.data.type
        return [event, own]
      })
      return renumbered(made)
    }),
  ),
  fault(
    'responses-status-requires-action',
    'responses.status',
    'replies with calls have a status of another API',
    onResponse((body) => {
      if (body.output.some((item: Json) => item.type === 'function_call')) body.status = 'requires_action'
    }),
    onTerminal((response) => {
      if (response.output.some((item: Json) => item.type === 'function_call')) response.status = 'requires_action'
    }),
  ),
]
