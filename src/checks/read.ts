import type { Headers, JsonObject, SseEvent, View } from '../types.ts'

/** Narrowing without repair: what has another type is undefined. */
export const asObject = (value: unknown): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined

export const asArray = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined)

export const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const asInteger = (value: unknown): number | undefined => (Number.isInteger(value) ? (value as number) : undefined)

/** The type of a value in the words of JSON, which has no undefined, for `actual`. */
export const typeName = (value: unknown): string =>
  value === null ? 'null' : value === undefined ? 'absent' : Array.isArray(value) ? `array of ${value.length}` : typeof value

/** What is nested deeper than the stack reaches has no text. */
const written = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? typeName(value)
  } catch {
    return `${typeName(value)}, nested too deeply to show`
  }
}

/** A value as JSON, cut to a length that fits one line. */
export const show = (value: unknown, limit = 80): string => {
  const text = value === undefined ? 'absent' : written(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

/** All values of a header, names compared without case (RFC 9110 section 5.1). */
export const headerValues = (headers: Headers, name: string): readonly string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)

export const headerValue = (headers: Headers, name: string): string | undefined => headerValues(headers, name)[0]

/** The sentinel of chat streams. */
export const isDone = (event: SseEvent): boolean => event.data === '[DONE]'

/** A choice entry of a chunk, whatever its delta is. */
export interface StreamEntry {
  readonly event: SseEvent
  readonly chunk: JsonObject
  /** Pointer of the entry inside the chunk. */
  readonly pointer: string
  readonly index: number
  readonly choice: JsonObject
  readonly delta: JsonObject | undefined
  readonly finish: unknown
}

export interface StreamChoice extends StreamEntry {
  readonly delta: JsonObject
}

/**
 * Remembers what was computed from a view for as long as the view lives: dozens of checks ask the same of a stream
 * that may have a hundred thousand chunks.
 */
export const perView = <Value>(compute: (view: View) => Value): ((view: View) => Value) => {
  const known = new WeakMap<View, { readonly value: Value }>()
  return (view) => {
    let entry = known.get(view)
    if (!entry) {
      entry = { value: compute(view) }
      known.set(view, entry)
    }
    return entry.value
  }
}

const firstChoice = '/choices/0'

/** What says neither choices nor id nor kind is no chunk at all, which is one defect and not one for each rule about chunks. */
export const isChunk = (value: JsonObject): boolean => value.choices !== undefined || value.object !== undefined || value.id !== undefined

/** The choice entries of a chat stream that say which choice they belong to, in order. */
export const streamEntries = perView((view): readonly StreamEntry[] => {
  const list: StreamEntry[] = []
  for (const event of view.events) {
    const chunk = asObject(event.json)
    const choices = asArray(chunk?.choices)
    if (!chunk || !choices) continue
    for (let position = 0; position < choices.length; position++) {
      const choice = asObject(choices[position])
      const index = asInteger(choice?.index)
      if (!choice || index === undefined) continue
      const pointer = position === 0 ? firstChoice : `/choices/${position}`
      list.push({ event, chunk, pointer, index, choice, delta: asObject(choice.delta), finish: choice.finish_reason })
    }
  }
  return list
})

/** Visits every well-formed choice entry of a chat stream in order; entries with another shape are the schema's business. */
export const eachChoice = (view: View, visit: (choice: StreamChoice) => void): void => {
  for (const entry of streamEntries(view)) if (entry.delta !== undefined) visit(entry as StreamChoice)
}

/** The choices of a completion, folded or plain. */
export const choicesOf = (view: View): readonly JsonObject[] =>
  (asArray(asObject(view.completion)?.choices) ?? []).map(asObject).filter((choice) => choice !== undefined)

/** The names of the functions that the request declares, chat and Responses form alike. */
export const declaredTools = (view: View): readonly string[] =>
  (asArray(asObject(view.request)?.tools) ?? [])
    .map((tool) => asString(asObject(asObject(tool)?.function)?.name) ?? asString(asObject(tool)?.name))
    .filter((name) => name !== undefined)
