import type { JsonObject, View, Violation } from '../types.ts'
import { defineCheck, inCompletion, unobserved, verdictOf } from './define-check.ts'
import { asArray, asInteger, asObject, asString, show } from './read.ts'
import { blocksOf, messageOf, outputTokens, streamOf } from './read-messages.ts'

/** https://platform.claude.com/docs/en/api/messages, and the two that later versions of the documentation add. */
const reasons = [
  'end_turn',
  'max_tokens',
  'stop_sequence',
  'tool_use',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
  'compaction',
]

/** A model may end its turn at once; only more tokens than an ended turn costs are an answer that went missing. */
const fewTokens = 5

/** Members and their types are judged by the schema; here is what they must say about one another. */
export const anthropicMessage = defineCheck({
  id: 'anthropic-message',
  summary: 'a message tells why it stopped, and has the text that it counts',
  codes: ['stop-reason', 'stop-sequence', 'empty', 'uncounted'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const message = messageOf(view)
    if (!message || view.breaks !== undefined) return unobserved('no message')
    const violations = [...reasonViolations(view, message), ...textViolations(view, message, traits.has('thinks'))]
    return verdictOf(violations, 1, '')
  },
})

const reasonViolations = (view: View, message: JsonObject): Violation[] => {
  const reason = asString(message.stop_reason)
  // of a stream that names none, the rule about message_delta speaks
  if (!reason) return []
  const at = inCompletion('/stop_reason')
  if (!reasons.includes(reason))
    return [{ code: 'stop-reason', at, expected: 'end_turn, max_tokens or another documented word', actual: reason }]
  const asked = asArray(asObject(view.request)?.stop_sequences) ?? []
  if (reason === 'stop_sequence' && asked.length === 0)
    return [{ code: 'stop-reason', at, expected: 'end_turn: no stop sequence was asked for', actual: reason }]
  const { stop_sequence: sequence } = message
  const told = inCompletion('/stop_sequence')
  if (reason === 'stop_sequence') {
    const isRight = typeof sequence !== 'string' ? sequence === undefined : asked.includes(sequence)
    return isRight
      ? []
      : [{ code: 'stop-sequence', at: told, expected: asked.map((text) => show(text)).join(' or '), actual: show(sequence) }]
  }
  if (typeof sequence !== 'string' || sequence === '') return []
  return [{ code: 'stop-sequence', at: told, expected: `null beside ${reason}`, actual: show(sequence) }]
}

const textViolations = (view: View, message: JsonObject, hidden: boolean): Violation[] => {
  const blocks = blocksOf(message)
  const tokens = outputTokens(message)
  const isSpoken = blocks.some(({ block }) => block.type !== 'thinking' && block.type !== 'redacted_thinking' && block.text !== '')
  // thoughts may be counted and not shown
  const thinks = hidden || blocks.some(({ block }) => /thinking$/.test(String(block.type)))
  const { content, stop_reason } = message
  // blocks that went under on their way are told by the rules about streams
  const isLost = streamOf(view)?.events.some(({ type }) => type.startsWith('content_block_')) === true
  if (Array.isArray(content) && !isLost && !isSpoken && !thinks && stop_reason === 'end_turn' && (tokens ?? 0) > fewTokens)
    return [{ code: 'empty', at: inCompletion('/content'), expected: 'a block with text', actual: show(content) }]
  // the counts of a stream have a rule of their own
  if (view.streamed) return []
  const text = blocks.map(({ block }) => asString(block.text) ?? '').join('')
  const usage = asObject(message.usage)
  const input = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].map((name) => asInteger(usage?.[name]) ?? 0)
  const nothing = (name: string): Violation => ({ code: 'uncounted', at: inCompletion(`/usage/${name}`), expected: '> 0', actual: '0' })
  return [
    ...(tokens === 0 && text.trim() !== '' ? [nothing('output_tokens')] : []),
    ...(usage?.input_tokens === 0 && input.every((count) => count === 0) ? [nothing('input_tokens')] : []),
  ]
}
