import { asArray, asObject } from '../checks/read.ts'
import type { JsonObject, Observer, SseEvent } from '../types.ts'
import { commonest, isChatReply, isWhole, times } from './votes.ts'

/** A usage chunk is among the last events, and running totals are on the first ones. */
const mostEvents = 8

/** The chunk of an event when it tells token counts. */
const counting = ({ json }: SseEvent): JsonObject | undefined => {
  const chunk = asObject(json)
  return chunk && asObject(chunk.usage) && asArray(chunk.choices) ? chunk : undefined
}

const hasChoice = (chunk: JsonObject): boolean => (asArray(chunk.choices)?.length ?? 0) > 0

export const emptyChoices: Observer = {
  id: 'empty-choices',
  summary: 'finds the chunk that carries the usage of a stream that asked for it',
  sees(view) {
    const asked = asObject(asObject(view.request)?.stream_options)?.include_usage === true
    if (!asked || !view.streamed || !isChatReply(view) || !isWhole(view) || view.events.length === 0) return undefined
    if (asObject(asObject(view.completion)?.usage) === undefined) return 'none'
    const early = view.events.slice(0, mostEvents).map(counting)
    if (early.filter((chunk) => chunk && hasChoice(chunk)).length > 1) return 'every-chunk'
    const last = view.events.slice(-mostEvents).map(counting)
    const chunk = last.findLast((each) => each !== undefined)
    return chunk && (hasChoice(chunk) ? 'finish-chunk' : 'own-chunk')
  },
  // a stream of two chunks does not tell running totals from others
  decide: (votes) => (times(votes, 'every-chunk') > 0 ? 'every-chunk' : commonest(votes)),
}
