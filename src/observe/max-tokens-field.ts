import { outputCap } from '../checks/output-cap.ts'
import { asObject, choicesOf, show } from '../checks/read.ts'
import type { Observer, View, Votes } from '../types.ts'
import { isChat, isChatReply, isWhole, times } from './votes.ts'

const names = ['max_tokens', 'max_completion_tokens'] as const

/** Words by which servers decline a member as such, and not its value. */
const declines = /unsupported|not (supported|permitted|allowed)|unknown|unrecogni[sz]ed|use 'max_|extra inputs/i

const context = { requirement: 'max-tokens-field', traits: new Set<never>(), declared: false }

/** The check on the rule knows how to tell a long reply that counts no tokens. */
const obeys = (view: View, member: (typeof names)[number]): 'obeyed' | 'ignored' | undefined => {
  if (!isWhole(view)) return undefined
  const { kind } = outputCap.judge([view], { member }, context)
  if (kind === 'violated') return 'ignored'
  // without the cap the reply would have ended by itself
  return kind === 'held' && choicesOf(view).some(({ finish_reason }) => finish_reason === 'length') ? 'obeyed' : undefined
}

const fateOf = (votes: Votes, name: string): 'good' | 'bad' | undefined => {
  const [obeyed, against] = [times(votes, `${name} obeyed`), times(votes, `${name} ignored`) + times(votes, `${name} refused`)]
  if (obeyed + against === 0) return undefined
  return obeyed >= against ? 'good' : 'bad'
}

export const maxTokensField: Observer = {
  id: 'max-tokens-field',
  summary: 'sees which name of the cap is refused, ignored or obeyed',
  sees(view) {
    const request = asObject(view.request)
    const [name, ...others] = names.filter((each) => request?.[each] !== undefined)
    if (!isChat(view) || view.breaks !== undefined || name === undefined || others.length > 0) return undefined
    const { status } = view.response
    if (status === 400 || status === 422) {
      const said = show(view.json, 2000)
      return new RegExp(`\\b${name}\\b`).test(said) && declines.test(said) ? `${name} refused` : undefined
    }
    const took = isChatReply(view) ? obeys(view, name) : undefined
    return took && `${name} ${took}`
  },
  decide(votes) {
    const [classic, newer] = names.map((name) => fateOf(votes, name))
    if (classic === undefined || (newer === undefined && classic === 'good')) return undefined
    if (classic === 'bad') return newer === 'bad' ? undefined : 'max_completion_tokens'
    return newer === 'good' ? 'both' : 'max_tokens'
  },
}
