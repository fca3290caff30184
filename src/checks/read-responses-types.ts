/** What an event of a Responses stream does to the item, part or text that it belongs to. */
export interface EventRole {
  readonly on: 'item' | 'part' | 'summary' | 'arguments'
  /** open and close announce and finish an item or part; delta and end carry its text; mention only refers to it. */
  readonly does: 'open' | 'delta' | 'end' | 'close' | 'mention'
  readonly channel?: Channel
  /** The member that holds the whole text in `end`. */
  readonly member?: 'text' | 'refusal' | 'arguments'
}

export type Channel = 'text' | 'refusal' | 'reasoning'

// Event names: openai/openai-openapi, openapi.yaml, ResponseStreamEvent.

export const openingTypes: ReadonlySet<string> = new Set(['response.created', 'response.queued', 'response.in_progress'])

export const terminalTypes: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed'])

/** Response.status of openapi.yaml; any other value is the finding of the schema, and of nothing else. */
export const responseStatuses: ReadonlySet<unknown> = new Set(['completed', 'failed', 'in_progress', 'cancelled', 'queued', 'incomplete'])

export const eventRoles: ReadonlyMap<string, EventRole> = new Map([
  ['response.output_item.added', { on: 'item', does: 'open' }],
  ['response.output_item.done', { on: 'item', does: 'close' }],
  ['response.content_part.added', { on: 'part', does: 'open' }],
  ['response.content_part.done', { on: 'part', does: 'close' }],
  ['response.output_text.delta', { on: 'part', does: 'delta', channel: 'text' }],
  ['response.output_text.done', { on: 'part', does: 'end', channel: 'text', member: 'text' }],
  ['response.output_text.annotation.added', { on: 'part', does: 'mention', channel: 'text' }],
  ['response.refusal.delta', { on: 'part', does: 'delta', channel: 'refusal' }],
  ['response.refusal.done', { on: 'part', does: 'end', channel: 'refusal', member: 'refusal' }],
  ['response.reasoning_text.delta', { on: 'part', does: 'delta', channel: 'reasoning' }],
  ['response.reasoning_text.done', { on: 'part', does: 'end', channel: 'reasoning', member: 'text' }],
  ['response.reasoning_summary_part.added', { on: 'summary', does: 'open' }],
  ['response.reasoning_summary_part.done', { on: 'summary', does: 'close' }],
  ['response.reasoning_summary_text.delta', { on: 'summary', does: 'delta' }],
  ['response.reasoning_summary_text.done', { on: 'summary', does: 'end', member: 'text' }],
  ['response.function_call_arguments.delta', { on: 'arguments', does: 'delta' }],
  ['response.function_call_arguments.done', { on: 'arguments', does: 'end', member: 'arguments' }],
])

/** Items that a server works on itself, and inputs of tools without a schema: only their place is looked at. */
const hosted: ReadonlyMap<string, readonly string[]> = new Map([
  ['code_interpreter_call', ['in_progress', 'interpreting', 'completed']],
  ['code_interpreter_call_code', ['delta', 'done']],
  ['file_search_call', ['in_progress', 'searching', 'completed']],
  ['web_search_call', ['in_progress', 'searching', 'completed']],
  ['image_generation_call', ['in_progress', 'generating', 'partial_image', 'completed']],
  ['mcp_call', ['in_progress', 'completed', 'failed']],
  ['mcp_call_arguments', ['delta', 'done']],
  ['mcp_list_tools', ['in_progress', 'completed', 'failed']],
  ['custom_tool_call_input', ['delta', 'done']],
])

const mentioned: EventRole = { on: 'item', does: 'mention' }

export const hostedTypes: ReadonlyMap<string, EventRole> = new Map(
  [...hosted].flatMap(([name, ends]) => ends.map((end): [string, EventRole] => [`response.${name}.${end}`, mentioned])),
)

const spoken: ReadonlySet<string> = new Set([
  'response.audio.delta',
  'response.audio.done',
  'response.audio.transcript.delta',
  'response.audio.transcript.done',
])

export const isKnownType = (type: string): boolean =>
  eventRoles.has(type) || openingTypes.has(type) || terminalTypes.has(type) || type === 'error' || hostedTypes.has(type) || spoken.has(type)
