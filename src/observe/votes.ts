import { isBusy, isDisguisedFailure, isSuccess } from '../checks/failure.ts'
import { perView } from '../checks/read.ts'
import type { View, Votes } from '../types.ts'

export const isChat = (view: View): boolean => view.endpoint === 'POST /chat/completions'

/** Asked once for all observers: it goes through every event of a stream. */
const isDisguised = perView(isDisguisedFailure)

/** A chat request that was meant well and answered with a reply, whole or not. */
export const isChatReply = (view: View): boolean => isChat(view) && view.breaks === undefined && isSuccess(view) && !isDisguised(view)

export const isWhole = ({ response }: View): boolean => response.end === 'complete'

/**
 * What became of a request. A template that throws ends in 500 on some servers, which is as good as a refusal here; that
 * it should have been another status is a finding elsewhere. Keys, overload and redirects say nothing about the request.
 */
export const treatment = (view: View): 'accepted' | 'refused' | undefined => {
  const { status } = view.response
  if (isSuccess(view)) return isDisguised(view) ? undefined : 'accepted'
  if (isBusy(status) || status === 401 || status === 403 || status === 402) return undefined
  return status >= 400 && status <= 501 ? 'refused' : undefined
}

export const times = (votes: Votes, vote: string): number => votes.get(vote) ?? 0

/** The vote that was cast most; of several the one that was cast first. */
export const commonest = (votes: Votes): string | undefined => {
  let best: string | undefined
  for (const [vote, count] of votes) if (best === undefined || count > times(votes, best)) best = vote
  return best
}

/** What the votes `name accepted` and `name refused` amount to; one acceptance shows that it can be. */
export const fate = (votes: Votes, name: string): 'accepted' | 'refused' | undefined => {
  if (times(votes, `${name} accepted`) > 0) return 'accepted'
  return times(votes, `${name} refused`) > 0 ? 'refused' : undefined
}
