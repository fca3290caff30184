import type { Written } from './completions.ts'
import type { Json, StreamEvent } from './exchange.ts'
import { tokensOf } from './tokens.ts'

/** The chunks of one choice: the echoed prompt, one token each, and the finish. */
const piecesOf = ({ echoed, text, finish }: Written): { text: string; finish: string | null }[] => [
  ...[...(echoed === '' ? [] : [echoed]), ...tokensOf(text)].map((piece) => ({ text: piece, finish: null })),
  { text: '', finish },
]

/** The part of the lists that belongs to one piece; what it takes from the front is gone. */
const taken = (lists: Json, count: number): Json =>
  lists === null || count === 0
    ? null
    : Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, (list as Json[]).splice(0, count)]))

/** The events of a streamed completion. Several choices take turns. */
export const completionEvents = (
  head: Json,
  written: readonly Written[],
  usage: Json | undefined,
  logprobsOf: (each: Written) => Json,
): StreamEvent[] => {
  const chunk = (choices: Json[], own: Json = null): StreamEvent => ({
    data: { ...head, choices, system_fingerprint: 'fp_reference', ...(usage === undefined ? {} : { usage: own }) },
  })
  const choices = written.map((each) => ({ pieces: piecesOf(each), logprobs: logprobsOf(each) }))
  const events: StreamEvent[] = []
  const longest = Math.max(...choices.map(({ pieces }) => pieces.length))
  for (let step = 0; step < longest; step += 1) {
    for (const [index, { pieces, logprobs }] of choices.entries()) {
      const next = pieces[step]
      if (!next) continue
      const own = taken(logprobs, tokensOf(next.text).length)
      events.push(chunk([{ text: next.text, index, logprobs: own, finish_reason: next.finish }]))
    }
  }
  if (usage !== undefined) events.push(chunk([], usage))
  events.push({ data: '[DONE]' })
  return events
}
