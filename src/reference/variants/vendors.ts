import type { Bend, Json } from '../exchange.ts'
import { onChatEvents, onEntry, onMessage, onPieces, onResponseEvents, onWire, renumbered, replies, streams } from '../faults/stages.ts'
import { variant } from './variant.ts'

/** How the servers of single vendors cut and pace what they send, as far as the catalogue allows it. */
export const vendorVariants: readonly Bend[] = [
  variant(
    'waiting-blank-lines',
    'blank lines keep the connection alive until the JSON comes',
    onWire(replies, (wire) => {
      delete wire.headers['content-length']
      wire.pieces = [...Array.from({ length: 3 }, () => Buffer.from('\n')), ...wire.pieces]
    }),
  ),
  variant(
    'waiting-comments',
    'comments keep a stream alive until the first token comes',
    onWire(streams, (wire) => {
      wire.pieces = [Buffer.from(': OPENROUTER PROCESSING\n\n'), Buffer.from(': keep-alive\n\n'), Buffer.from(':\n\n'), ...wire.pieces]
    }),
  ),
  variant(
    'lone-pings',
    'a lone colon is a ping',
    onPieces(streams, (text, index) => (index % 4 === 1 ? `:\n\n${text}` : text)),
  ),
  variant(
    'null-content-first',
    'the role comes with content null',
    onChatEvents((events) => {
      const delta = events[0]?.data.choices?.[0]?.delta
      if (delta?.role) delta.content = null
      return events
    }),
  ),
  variant(
    'finish-with-empty-content',
    'the chunk that finishes has a role and empty content',
    onEntry((entry) => {
      if (entry.finish_reason !== null) entry.delta = { content: '' }
    }),
  ),
  variant(
    'empty-content-beside-calls',
    'content is empty beside calls, not null',
    onMessage((message) => {
      if (message.tool_calls) message.content = ''
    }),
    onChatEvents((events) => {
      const first = events[0]?.data.choices?.[0]?.delta
      if (first && events.some(({ data }) => data.choices?.[0]?.delta.tool_calls)) first.content = ''
      return events
    }),
  ),
  variant(
    'whole-calls',
    'a streamed call comes in one delta',
    onChatEvents((events) => {
      const heads = new Map<number, Json>()
      return events.filter(({ data }) => {
        const call = data.choices?.[0]?.delta?.tool_calls?.[0]
        if (!call) return true
        const head = heads.get(call.index)
        if (!head) heads.set(call.index, call)
        else head.function.arguments += call.function.arguments
        return head === undefined
      })
    }),
  ),
  variant(
    'custom-events',
    'streamed responses have events of a vendor',
    onResponseEvents((events) =>
      renumbered(
        events.flatMap((event, index) =>
          index === 2
            ? [{ event: 'response.custom.progress', data: { type: 'response.custom.progress', sequence_number: 0, percent: 40 } }, event]
            : [event],
        ),
      ),
    ),
  ),
  variant(
    'pretty-spaces',
    'JSON has a space behind every colon and comma',
    onPieces(['chat', 'response', 'models', 'model', 'error'], (text) => JSON.stringify(JSON.parse(text), null, 1).replace(/\n */g, ' ')),
  ),
  variant(
    'grouped-tokens',
    'chunks hold several tokens',
    onChatEvents((events) => {
      let last: Json
      let size = 0
      return events.filter(({ data }) => {
        const delta = data.choices?.[0]?.delta
        const alone =
          typeof delta?.content === 'string' &&
          delta.role === undefined &&
          !data.choices[0].logprobs &&
          data.choices[0].finish_reason === null
        if (!alone || data.choices[0].index !== 0) last = undefined
        else if (!last || size >= 8) [last, size] = [delta, 1]
        else {
          last.content += delta.content
          size += 1
          return false
        }
        return true
      })
    }),
  ),
]
