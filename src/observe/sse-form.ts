import type { Observer } from '../types.ts'
import { isChatReply } from './votes.ts'

const none = 'plain'

export const sseForm: Observer = {
  id: 'sse-form',
  summary: 'reads which of the legal forms the lines of chat streams have',
  sees(view) {
    const { framing, events } = view
    if (!framing || !isChatReply(view) || events.length === 0) return undefined
    const forms = [
      ...(framing.unspacedData.length > 0 ? ['no-space'] : []),
      ...(framing.crlf + framing.cr > 0 ? ['crlf'] : []),
      ...(framing.idLines.length + framing.comments.length > 0 || events[0]?.event !== undefined ? ['fields'] : []),
    ]
    return forms.join(' ') || none
  },
  decide(votes) {
    const forms = new Set([...votes.keys()].flatMap((vote) => vote.split(' ')))
    // a form that only some streams show is a form to cope with
    if (forms.size > 1) forms.delete(none)
    return forms.size > 1 ? 'several' : [...forms][0]
  },
}
