import type { JsonObject, SseEvent, View, Violation } from '../types.ts'
import { at, defineCheck, unobserved, verdictOf } from './define-check.ts'
import { asArray, asInteger, asObject, asString, show, typeName } from './read.ts'
import { longestMeanToken } from './read-chat.ts'
import { type MessageStream, streamOf, toolsOf } from './read-messages.ts'

export const anthropicStreamDeltas = defineCheck({
  id: 'anthropic-stream-deltas',
  summary: 'fragments join to the input of the tool, and the end tells its reason and the total of tokens',
  codes: ['delta-type', 'not-json', 'not-object', 'no-fragments', 'no-stop-reason', 'uncounted', 'not-cumulative'],
  needs: 'complete',
  over: 'exchange',
  judge([view]) {
    const stream = streamOf(view)
    if (!stream) return unobserved('not a stream')
    if (stream.damaged || stream.failed) return unobserved('the stream is not whole')
    const read = readStream(stream)
    const violations = [...read.violations.values(), ...inputViolations(view, read), ...endViolations(read)]
    return verdictOf(violations, read.deltas + read.ends.length, 'no delta')
  },
})

interface Block {
  readonly start: SseEvent
  readonly head: JsonObject
  text: string
  fragments: number
  spoilt: boolean
  stop?: SseEvent
}

interface Read {
  readonly violations: Map<string, Violation>
  readonly blocks: readonly Block[]
  readonly ends: readonly { readonly event: SseEvent; readonly data: JsonObject }[]
  readonly opening: JsonObject | undefined
  readonly deltas: number
  /** Some deltas belong to no block that is open: which input lacks them cannot be told. */
  readonly lost: boolean
  /** Characters of all text, thoughts and inputs. */
  readonly length: number
}

/** The kinds of blocks to which a delta of a known type may be added; of other types nothing is known. */
const homes: Readonly<Record<string, RegExp>> = {
  text_delta: /^text$/,
  citations_delta: /^text$/,
  thinking_delta: /^thinking$/,
  signature_delta: /^thinking$/,
  input_json_delta: /tool_use$/,
}

const kinds = /^(text|thinking|redacted_thinking|tool_use)$/

const readStream = ({ events }: MessageStream): Read => {
  const violations = new Map<string, Violation>()
  const open = new Map<number, Block>()
  const blocks: Block[] = []
  const ends: { event: SseEvent; data: JsonObject }[] = []
  let opening: JsonObject | undefined
  let deltas = 0
  let length = 0
  let lost = false
  for (const { event, data, type } of events) {
    const index = asInteger(data.index)
    if (type === 'message_start') opening ??= asObject(data.message)
    else if (type === 'message_delta') ends.push({ event, data })
    else if (index === undefined) lost ||= type === 'content_block_delta'
    else if (type === 'content_block_start') {
      const head = asObject(data.content_block)
      if (!head) continue
      const block: Block = { start: event, head, text: '', fragments: 0, spoilt: false }
      blocks.push(block)
      open.set(index, block)
    } else if (type === 'content_block_stop') {
      const block = open.get(index)
      if (block) block.stop = event
      open.delete(index)
    } else if (type === 'content_block_delta') {
      const delta = asObject(data.delta)
      const kind = asString(delta?.type) ?? ''
      const block = open.get(index)
      lost ||= delta !== undefined && block === undefined
      if (!delta || !block) continue
      deltas++
      const piece = asString(delta.text ?? delta.thinking ?? delta.partial_json)
      length += piece?.length ?? 0
      const home = asString(block.head.type) ?? ''
      if (Object.hasOwn(homes, kind) && kinds.test(home) && !homes[kind]?.test(home) && !violations.has('delta-type')) {
        violations.set('delta-type', {
          code: 'delta-type',
          at: at(event, '/delta/type'),
          expected: `a delta of a ${home} block`,
          actual: kind,
        })
      }
      if (kind !== 'input_json_delta') continue
      block.fragments++
      if (typeof delta.partial_json === 'string') block.text += delta.partial_json
      else block.spoilt = true
    }
  }
  return { violations, blocks, ends, opening, deltas, length, lost }
}

const lastReason = ({ ends }: Read): string | undefined => asString(asObject(ends.at(-1)?.data.delta)?.stop_reason)

/** An input that the cap has cut is no JSON, and nobody's fault. */
const inputViolations = (view: View, read: Read): Violation[] => {
  const reason = lastReason(read)
  if (read.lost || (reason !== 'tool_use' && reason !== 'end_turn')) return []
  const tools = toolsOf(view)
  return read.blocks
    .filter(({ head, stop, spoilt }) => head.type === 'tool_use' && stop !== undefined && !spoilt)
    .flatMap((block) => inputViolation(block, tools.get(asString(block.head.name) ?? '')) ?? [])
}

const inputViolation = ({ head, start, stop, text, fragments }: Block, tool: JsonObject | undefined): Violation | undefined => {
  const expected = 'fragments that join to a JSON object'
  if (text === '') {
    const given = Object.keys(asObject(head.input) ?? {}).length > 0
    const needsInput = (asArray(asObject(tool?.input_schema)?.required) ?? []).length > 0
    if (!given && (fragments > 0 || !needsInput)) return undefined
    return {
      code: 'no-fragments',
      at: at(start, '/content_block/input'),
      expected,
      actual: given ? 'the whole input at the start' : 'none',
    }
  }
  const place = at(stop ?? start)
  try {
    const value: unknown = JSON.parse(text)
    return asObject(value) ? undefined : { code: 'not-object', at: place, expected, actual: typeName(value) }
  } catch {
    return { code: 'not-json', at: place, expected, actual: show(text) }
  }
}

const endViolations = (read: Read): Violation[] => {
  const last = read.ends.at(-1)
  if (!last) return []
  const violations: Violation[] = []
  const delta = asObject(last.data.delta)
  if (delta && (delta.stop_reason === undefined || delta.stop_reason === null || delta.stop_reason === ''))
    violations.push({
      code: 'no-stop-reason',
      at: at(last.event, '/delta/stop_reason'),
      expected: 'a stop reason',
      actual: show(delta.stop_reason),
    })
  const counts = [read.opening, ...read.ends.map(({ data }) => data)].map((holder) => asInteger(asObject(holder?.usage)?.output_tokens))
  const total = counts.at(-1)
  if (total === undefined) return violations
  const place = at(last.event, '/usage/output_tokens')
  const before = Math.max(0, ...counts.filter((count) => count !== undefined))
  if (total === 0 && read.length > 0) violations.push({ code: 'uncounted', at: place, expected: '> 0', actual: '0' })
  else if (total < before) violations.push({ code: 'not-cumulative', at: place, expected: `>= ${before}`, actual: String(total) })
  // no vocabulary has tokens of that mean length
  else if (read.length > (total + 2) * longestMeanToken)
    violations.push({ code: 'not-cumulative', at: place, expected: `the tokens of ${read.length} characters`, actual: String(total) })
  return violations
}
