import type { JsonObject, SseEvent } from '../../types.ts'

type Mutable = { [member: string]: unknown }

interface Block {
  readonly value: Mutable
  /** Fragments of the input of a tool, in order; undefined while there was none. */
  fragments: string | undefined
  readonly citations: unknown[]
  /** Members of which a piece had the wrong type: a text with a hole is no text. */
  readonly spoilt: Set<string>
}

/**
 * Folds the events of a Messages stream into the message that the same request without `stream` would have given, by the rule of
 * the official accumulators: the head of `message_start`, its blocks by index, and what `message_delta` says at the end.
 * Total, never throws, never repairs: an input whose fragments are no JSON is left out, and so is text with a piece of another type.
 * @returns undefined when there was no `message_start`
 */
export const foldMessages = (events: readonly SseEvent[]): unknown => {
  let message: Mutable | undefined
  const blocks = new Map<number, Block>()
  for (const { json } of events) {
    if (!isObject(json)) continue
    const { type, index } = json
    if (type === 'message_start' && isObject(json.message)) message ??= { ...json.message }
    else if (type === 'message_delta' && message) foldEnd(message, json)
    else if (typeof index !== 'number' || !Number.isInteger(index)) continue
    else if (type === 'content_block_start' && isObject(json.content_block) && !blocks.has(index))
      blocks.set(index, { value: { ...json.content_block }, fragments: undefined, citations: [], spoilt: new Set() })
    else if (type === 'content_block_delta' && isObject(json.delta)) foldDelta(blocks.get(index), json.delta)
  }
  if (!message) return undefined
  message.content = [...blocks.entries()].sort(([one], [other]) => one - other).map(([, block]) => finishBlock(block))
  return message
}

/** Counts in `message_delta` are totals and take the place of earlier ones; null tells nothing. */
const foldEnd = (message: Mutable, { delta, usage }: JsonObject): void => {
  if (isObject(delta)) for (const name of Object.keys(delta)) if (delta[name] !== null) message[name] = delta[name]
  if (!isObject(usage)) return
  const known = isObject(message.usage) ? message.usage : {}
  message.usage = { ...known, ...Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null)) }
}

/** What a delta adds, by its type; deltas of other types add nothing that is known here. */
const grown: Readonly<Record<string, string>> = { text_delta: 'text', thinking_delta: 'thinking', signature_delta: 'signature' }

const foldDelta = (block: Block | undefined, delta: JsonObject): void => {
  if (!block || typeof delta.type !== 'string') return
  if (delta.type === 'input_json_delta') {
    if (typeof delta.partial_json === 'string') block.fragments = (block.fragments ?? '') + delta.partial_json
    else block.spoilt.add('input')
    return
  }
  if (delta.type === 'citations_delta') {
    block.citations.push(delta.citation)
    return
  }
  const name = Object.hasOwn(grown, delta.type) ? grown[delta.type] : undefined
  if (name === undefined) return
  const piece = delta[name]
  const before = block.value[name]
  if (typeof piece !== 'string') block.spoilt.add(name)
  else block.value[name] = typeof before === 'string' ? before + piece : piece
}

const finishBlock = ({ value, fragments, citations, spoilt }: Block): JsonObject => {
  if (citations.length > 0) value.citations = [...(Array.isArray(value.citations) ? value.citations : []), ...citations]
  // no fragment, or empty ones: the input is what the start of the block says, usually {}
  if (fragments !== undefined && fragments !== '') {
    const input = parsed(fragments)
    if (input === undefined) spoilt.add('input')
    else value.input = input
  }
  for (const name of spoilt) delete value[name]
  return value
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
