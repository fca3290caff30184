import type { Json, Speech, StreamEvent } from './exchange.ts'
import { tokensOf } from './tokens.ts'

const named = (data: Json): StreamEvent => ({ event: data.type, data })

const ping = (): StreamEvent => named({ type: 'ping' })

/** How a block begins, and the pieces in which the rest of it comes. */
const piecesOf = (block: Json, call: Speech['calls'][number] | undefined): { head: Json; deltas: Json[] } => {
  if (block.type === 'thinking') {
    return {
      head: { type: 'thinking', thinking: '', signature: '' },
      deltas: [
        ...tokensOf(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature: block.signature },
      ],
    }
  }
  if (block.type === 'text') {
    return { head: { type: 'text', text: '' }, deltas: tokensOf(block.text).map((text) => ({ type: 'text_delta', text })) }
  }
  const fragments = ['', ...tokensOf(call?.arguments ?? '')]
  return { head: { ...block, input: {} }, deltas: fragments.map((partial_json) => ({ type: 'input_json_delta', partial_json })) }
}

/** The events of a streamed message, in the order of https://platform.claude.com/docs/en/build-with-claude/streaming */
export const messageEvents = (message: Json, speech: Speech): StreamEvent[] => {
  const { content, stop_reason, stop_sequence, usage } = message
  const opening = { ...message, content: [], stop_reason: null, stop_sequence: null }
  opening.usage = { ...usage, output_tokens: Math.min(1, usage.output_tokens) }
  const calls = [...speech.calls]
  const events: StreamEvent[] = [named({ type: 'message_start', message: opening })]
  for (const [index, block] of content.entries()) {
    const { head, deltas } = piecesOf(block, block.type === 'tool_use' ? calls.shift() : undefined)
    events.push(named({ type: 'content_block_start', index, content_block: head }))
    if (index === 0) events.push(ping())
    for (const delta of deltas) events.push(named({ type: 'content_block_delta', index, delta }))
    events.push(named({ type: 'content_block_stop', index }))
  }
  events.push(
    named({ type: 'message_delta', delta: { stop_reason, stop_sequence }, usage: { output_tokens: usage.output_tokens } }),
    named({ type: 'message_stop' }),
  )
  return events
}
