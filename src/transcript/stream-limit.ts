import type { Endpoint, JsonObject } from '../types.ts'

/** More than this no request can ask for, and no client could show: what a stream opens beyond is not looked at. */
export const mostParts = 1024

/** Says why a stream is not read on, when an event opens more than it may. */
type StreamLimit = (json: unknown) => string | undefined

/**
 * An endpoint is not trusted: choices, calls, blocks and items are put together by their index, and each index that is new
 * takes memory and the time of every check. Behind the limit a stream counts as stopped, as behind the other limits.
 */
export const streamLimit = (endpoint: Endpoint): StreamLimit =>
  endpoint.endsWith('/responses')
    ? countIndexes('output_index', 'items')
    : endpoint.endsWith('/messages')
      ? countIndexes('index', 'blocks')
      : countChoices()

const tooMany = (what: string): string => `more than ${mostParts} ${what} in one stream`

const countIndexes = (name: string, what: string): StreamLimit => {
  const seen = new Set<unknown>()
  return (json) => {
    const index = isObject(json) ? json[name] : undefined
    if (index !== undefined) seen.add(index)
    return seen.size > mostParts ? tooMany(what) : undefined
  }
}

const countChoices = (): StreamLimit => {
  const choices = new Set<unknown>()
  const calls = new Set<string>()
  return (json) => {
    if (!isObject(json) || !Array.isArray(json.choices)) return undefined
    for (const choice of json.choices) {
      if (!isObject(choice)) continue
      choices.add(choice.index)
      if (choices.size > mostParts) return tooMany('choices')
      const entries = isObject(choice.delta) ? choice.delta.tool_calls : undefined
      if (!Array.isArray(entries)) continue
      for (const entry of entries) {
        calls.add(`${choice.index} ${isObject(entry) ? entry.index : ''}`)
        if (calls.size > mostParts) return tooMany('calls')
      }
    }
    return undefined
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
