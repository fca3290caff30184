import type { Call, Json, Stages } from '../exchange.ts'
import { onAnswer, onChatRequest, onEntry, onMessage, onResponseEvents, renumbered } from '../faults/stages.ts'

const isChat = (call: Call): boolean => call.target.startsWith('/v1/chat/completions')

/** Thoughts are told between tags at the head of the text. */
export const inTags = (isWanted: (call: Call) => boolean = () => true): Stages => ({
  speech: (speech, call) => {
    if (!isChat(call) || speech.reasoning === '' || !isWanted(call)) return
    speech.content = `<think>\n${speech.reasoning}\n</think>\n\n${speech.content ?? ''}`
    speech.reasoning = ''
  },
})

const detailed = (holder: Json): void => {
  if (holder.reasoning_content) holder.reasoning_details = [{ type: 'reasoning.text', text: holder.reasoning_content, index: 0 }]
}

/** Thoughts are told in parts, too. */
export const inDetails: Stages = { ...onMessage(detailed), ...onEntry(({ delta }) => detailed(delta)) }

const switches = ['thinking', 'enable_thinking', 'chat_template_kwargs', 'reasoning', 'reasoning_effort']

/** A model that thinks whatever it is told. */
export const alwaysThinks: Stages = onChatRequest((body) => {
  for (const name of switches) delete body[name]
  return undefined
})

/** Efforts by the names of the vendor; the reference endpoint knows those of OpenAI. */
export const effortsAs = (known: Readonly<Record<string, string>>): Stages =>
  onChatRequest((body) => {
    const own = known[body.reasoning_effort]
    if (own !== undefined) body.reasoning_effort = own
    return undefined
  })

/** A member of a chat request that says the same as `reasoning_effort: none`. */
export const offBy = (isOff: (body: Json) => boolean): Stages =>
  onChatRequest((body) => {
    if (isOff(body)) body.reasoning_effort = 'none'
    return undefined
  })

const summarised = (item: Json): void => {
  if (item?.type !== 'reasoning') return
  const text = item.content?.[0]?.text
  item.summary = text === undefined ? [] : [{ type: 'summary_text', text }]
  if (text !== undefined) item.encrypted_content = text
  delete item.content
}

const types: Readonly<Record<string, string>> = {
  'response.reasoning_text.delta': 'response.reasoning_summary_text.delta',
  'response.reasoning_text.done': 'response.reasoning_summary_text.done',
  'response.content_part.done': 'response.reasoning_summary_part.done',
}

/** Raw thoughts of a response are told as its summary, and once more as what ought to be encrypted; no part is announced. */
export const asSummary: readonly Stages[] = [
  onAnswer(['response', 'stored-response'], ({ body }) => body.output.forEach(summarised)),
  onResponseEvents((events) => {
    const ids = new Set(events.map(({ data }) => (data.item?.type === 'reasoning' ? data.item.id : undefined)))
    const kept = events.filter(
      ({ data }) =>
        !data.type.startsWith('response.reasoning_summary') && !(data.type === 'response.content_part.added' && ids.has(data.item_id)),
    )
    for (const event of kept) {
      const { data } = event
      summarised(data.item)
      data.response?.output.forEach(summarised)
      if (!ids.has(data.item_id)) continue
      event.event = data.type = types[data.type] ?? data.type
      if (data.part) data.part.type = 'summary_text'
      data.summary_index = data.content_index
      delete data.content_index
    }
    return renumbered(kept)
  }),
]
