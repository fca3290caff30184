import { asObject, choicesOf, streamEntries } from '../checks/read.ts'
import { answerOf, reasoningTokens, thinkingTag, thoughtsOf } from '../checks/reasoning-text.ts'
import type { JsonObject, Observer, View } from '../types.ts'
import { commonest, isChatReply, isWhole, times } from './votes.ts'

/** Thoughts come first, so that the beginning of a stream shows their form. */
const mostEntries = 64

const carrierOf = (message: JsonObject): string | undefined => {
  const names = new Set(thoughtsOf(message).keys())
  if (names.has('content[]')) return 'typed-parts'
  if (names.has('reasoning_details')) return 'reasoning_details'
  if (names.has('reasoning_content')) return names.has('reasoning') ? 'both' : 'reasoning_content'
  if (names.has('reasoning')) return 'reasoning'
  if (names.size > 0) return 'other'
  return thinkingTag(answerOf(message)) === undefined ? undefined : 'think-tags'
}

/** A fold keeps texts only: parts are seen in the deltas themselves, and names of a server's own too. */
const streamedCarrier = (view: View): string | undefined => {
  for (const { delta } of streamEntries(view).slice(0, mostEntries)) {
    const carrier = delta && carrierOf(delta)
    if (carrier === 'typed-parts' || carrier === 'other') return carrier
  }
  return undefined
}

/** What a conversation says about tags may be quoted in the answer. */
const isQuoted = (view: View): boolean => /think|reason/i.test(JSON.stringify(asObject(view.request)?.messages ?? ''))

export const reasoningCarrier: Observer = {
  id: 'reasoning-carrier',
  summary: 'finds the place of thoughts in chat replies',
  sees(view) {
    if (!isChatReply(view)) return undefined
    for (const { message } of choicesOf(view)) {
      const own = asObject(message)
      const carrier = own && carrierOf(own)
      if (carrier !== undefined && !(carrier === 'think-tags' && isQuoted(view))) return carrier
    }
    const streamed = view.streamed ? streamedCarrier(view) : undefined
    if (streamed !== undefined) return streamed
    return isWhole(view) && (reasoningTokens(view) ?? 0) > 0 ? 'hidden' : undefined
  },
  decide(votes) {
    // a reply whose thoughts were all cut off counts them and shows none
    const shown = new Map([...votes].filter(([vote]) => vote !== 'hidden'))
    const rich = ['typed-parts', 'reasoning_details', 'both'].find((vote) => times(shown, vote) > 0)
    return rich ?? commonest(shown) ?? commonest(votes)
  },
}
