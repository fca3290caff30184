import { asArray, asObject, choicesOf, streamEntries } from '../checks/read.ts'
import type { JsonObject, Observer } from '../types.ts'
import { commonest, isChatReply, times } from './votes.ts'

/** Habits of a stream show at its beginning. */
const mostEntries = 64

const hasNull = (object: JsonObject): boolean => {
  for (const name in object) if (object[name] === null) return true
  return false
}

const isNullish = (delta: JsonObject): boolean =>
  hasNull(delta) ||
  (asArray(delta.tool_calls) ?? []).map(asObject).some((call) => call && (hasNull(call) || hasNull(asObject(call.function) ?? {})))

/** What the delta with the role says of the text that is to come. */
const opening = (delta: JsonObject): string | undefined => {
  if (delta.content === undefined) return 'omitted'
  if (delta.content === null) return 'null'
  return delta.content === '' ? 'empty' : undefined
}

export const absentDeltaMembers: Observer = {
  id: 'absent-delta-members',
  summary: 'reads the deltas that have no text',
  sees(view) {
    if (!view.streamed || !isChatReply(view)) return undefined
    // where calls or a refusal come instead of text, null is what OpenAI sends
    const speaks = choicesOf(view).some(({ message }) => Boolean(asObject(message)?.content))
    let vote: string | undefined
    for (const { delta } of streamEntries(view).slice(0, mostEntries)) {
      if (!delta) continue
      if (delta.role !== undefined && delta.role !== null) vote ??= speaks ? opening(delta) : undefined
      else if (isNullish(delta)) return 'null'
    }
    return vote
  },
  // one such delta is enough to lose something by it
  decide: (votes) => (times(votes, 'null') > 0 ? 'null' : commonest(votes)),
}
