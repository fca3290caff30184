import type { Observer, View } from '../types.ts'
import { json, type Options } from './transcript.ts'

/** What an observer makes of the exchanges of a run; `undefined` when they do not tell. */
export const observed = (observer: Observer, ...views: readonly View[]): string | undefined => {
  const votes = new Map<string, number>()
  for (const view of views) {
    const vote = observer.sees(view)
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1)
  }
  return votes.size === 0 ? undefined : observer.decide(votes)
}

/** A chat reply with one choice. */
export const spoken = (message: object, options: Options = {}, finish = 'stop', usage: object | undefined = undefined): View =>
  json(
    'POST /chat/completions',
    {
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
      ...(usage && { usage }),
    },
    options,
  )

/** A chat request with these messages, served or refused. */
export const conversation = (messages: readonly object[], status = 200, request: object = {}): View =>
  status < 300
    ? spoken({ content: 'OK' }, { request: { messages, ...request } })
    : json('POST /chat/completions', { error: { message: 'no' } }, { status, request: { messages, ...request } })
