import type { JsonObject, View } from '../types.ts'
import { asList, asObject, asText, failureOf, partsText } from './loose.ts'
import type { Wire, WireCall } from './wire.ts'

/** What a Responses answer says: its deltas, its finished items and its final reply, whichever tell most. */
export const readResponsesWire = (view: View): Wire => {
  const deltas: string[] = []
  const done: string[] = []
  const reasoning: string[] = []
  const refusal: string[] = []
  const failures: unknown[] = []
  const added = new Map<unknown, JsonObject>()
  const finished = new Map<unknown, JsonObject>()
  let last = asObject(view.json)
  let cut = view.response.end !== 'complete'
  const pieces = new Map<unknown, string>()
  for (const { json } of view.events) {
    const event = asObject(json)
    const type = asText(event?.type)
    const failure = failureOf(json)
    if (failure !== undefined) failures.push(failure)
    if (!event) continue
    const item = asObject(event.item)
    const key = event.output_index ?? item?.id ?? event.item_id
    if (type === 'response.output_text.delta') deltas.push(asText(event.delta))
    else if (type === 'response.output_text.done') done.push(asText(event.text))
    else if (/^response\.reasoning\w*\.delta$/.test(type)) reasoning.push(asText(event.delta))
    else if (type === 'response.refusal.delta') refusal.push(asText(event.delta))
    else if (type === 'response.function_call_arguments.delta') pieces.set(key, (pieces.get(key) ?? '') + asText(event.delta))
    else if (type === 'response.output_item.added' && item) added.set(key, item)
    else if (type === 'response.output_item.done' && item) finished.set(key, item)
    else if (/^response\.(completed|incomplete|failed)$/.test(type)) last = asObject(event.response)
  }
  const output = asList(last?.output).map(asObject)
  if (last?.status === 'incomplete') cut = true
  const lists = [
    [...added].map(([key, item]) => ({ ...item, arguments: asText(item.arguments) || (pieces.get(key) ?? '') })),
    output,
    [...finished.values()],
  ].map((items) => items.filter((item) => item?.type === 'function_call').map((item) => callOf(item as JsonObject)))
  const messages = (items: readonly (JsonObject | undefined)[]) =>
    items
      .filter((item) => item?.type === 'message')
      .map((item) => partsText(item?.content))
      .join('')
  const whole = [messages(output), messages([...finished.values()]), done.join('')].find((each) => each !== '') ?? ''
  const said = deltas.join('')
  return {
    text: view.streamed ? said : messages(output),
    misplaced: view.streamed && said === '' ? whole : '',
    reasoning: reasoning.join(''),
    refusal: refusal.join(''),
    // of lists of one length a client believes the finished items
    calls: lists.reduce((best, list) => (list.length >= best.length ? list : best), []),
    failures,
    cut,
  }
}

const callOf = (item: JsonObject): WireCall => {
  const text = typeof item.arguments === 'string' ? item.arguments : (JSON.stringify(item.arguments) ?? '')
  const name = asText(item.name)
  return { id: asText(item.call_id), name, joined: name, text, fragments: [text] }
}
