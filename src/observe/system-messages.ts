import type { Observer } from '../types.ts'
import { messagesOf } from './history.ts'
import { fate, treatment } from './votes.ts'

export const systemMessages: Observer = {
  id: 'system-messages',
  summary: 'compares conversations with system messages in several places',
  sees(view) {
    const roles = messagesOf(view).map(({ role }) => role)
    const became = treatment(view)
    const first = roles.findIndex((role) => role !== 'system')
    if (became === undefined || first < 0 || !roles.includes('system')) return undefined
    if (roles.lastIndexOf('system') > first) return `late ${became}`
    if (first < 2) return undefined
    // a conversation with other oddities may be refused for those
    const plain = roles.length === first + 1
    return plain || became === 'accepted' ? `several ${became}` : undefined
  },
  decide(votes) {
    const [late, several] = [fate(votes, 'late'), fate(votes, 'several')]
    if (late === 'accepted') return several === 'refused' ? undefined : 'anywhere'
    if (late === undefined || several === undefined) return undefined
    return several === 'accepted' ? 'several' : 'one-first'
  },
}
