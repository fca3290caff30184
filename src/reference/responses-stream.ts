import type { Json, StreamEvent } from './exchange.ts'
import { unfinished } from './responses-state.ts'
import { tokensOf } from './tokens.ts'

type Emit = (type: string, members: Json) => void

/** One part: announced empty, filled by deltas, closed with the whole text. */
const textPart = (emit: Emit, place: Json, part: Json, event: string, delta: (token: string, index: number) => Json, done: Json): void => {
  const empty = { ...part, text: '', ...(part.logprobs ? { logprobs: [] } : {}) }
  emit('response.content_part.added', { ...place, part: empty })
  for (const [index, token] of tokensOf(part.text).entries())
    emit(`response.${event}.delta`, { ...place, delta: token, ...delta(token, index) })
  emit(`response.${event}.done`, { ...place, text: part.text, ...done })
  emit('response.content_part.done', { ...place, part })
}

const messageBody = (emit: Emit, item: Json, output_index: number): void => {
  for (const [content_index, part] of item.content.entries()) {
    const place = { item_id: item.id, output_index, content_index }
    const logprobs = (_: string, index: number) => ({ logprobs: part.logprobs.length > 0 ? [part.logprobs[index]] : [] })
    textPart(emit, place, part, 'output_text', logprobs, { logprobs: part.logprobs })
  }
}

const callBody = (emit: Emit, item: Json, output_index: number): void => {
  const place = { item_id: item.id, output_index }
  for (const delta of tokensOf(item.arguments)) emit('response.function_call_arguments.delta', { ...place, delta })
  emit('response.function_call_arguments.done', { ...place, name: item.name, arguments: item.arguments })
}

const reasoningBody = (emit: Emit, item: Json, output_index: number): void => {
  for (const [summary_index, part] of item.summary.entries()) {
    const place = { item_id: item.id, output_index, summary_index }
    emit('response.reasoning_summary_part.added', { ...place, part: { ...part, text: '' } })
    for (const delta of tokensOf(part.text)) emit('response.reasoning_summary_text.delta', { ...place, delta })
    emit('response.reasoning_summary_text.done', { ...place, text: part.text })
    emit('response.reasoning_summary_part.done', { ...place, part })
  }
  for (const [content_index, part] of item.content.entries()) {
    textPart(emit, { item_id: item.id, output_index, content_index }, part, 'reasoning_text', () => ({}), {})
  }
}

/** An item as announced: in progress and empty. */
const announced = (item: Json): Json => {
  const empty = item.type === 'message' ? { content: [] } : item.type === 'reasoning' ? { summary: [], content: [] } : { arguments: '' }
  const { encrypted_content, ...rest } = item
  return { ...rest, ...empty, status: 'in_progress' }
}

const bodies: Readonly<Record<string, (emit: Emit, item: Json, index: number) => void>> = {
  message: messageBody,
  function_call: callBody,
  reasoning: reasoningBody,
}

/** The events that tell the same reply piece by piece. Nothing is shared between events, so each can be bent alone. */
export const responseEvents = (response: Json): StreamEvent[] => {
  const events: StreamEvent[] = []
  const emit: Emit = (type, members) => {
    events.push({ event: type, data: { type, sequence_number: events.length, ...structuredClone(members) } })
  }
  const opening = unfinished(response, 'in_progress')
  emit('response.created', { response: opening })
  emit('response.in_progress', { response: opening })
  for (const [output_index, item] of response.output.entries()) {
    emit('response.output_item.added', { output_index, item: announced(item) })
    bodies[item.type]?.(emit, item, output_index)
    emit('response.output_item.done', { output_index, item })
  }
  emit(response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response })
  return events
}
