import { asArray, asObject, asString, choicesOf } from '../checks/read.ts'
import type { Observer } from '../types.ts'
import { commonest, isChatReply } from './votes.ts'

export const namedChoiceFinish: Observer = {
  id: 'named-choice-finish',
  summary: 'reads the finish reason of calls that were forced by name',
  sees(view) {
    if (!isChatReply(view) || asObject(asObject(view.request)?.tool_choice)?.type !== 'function') return undefined
    const [choice] = choicesOf(view)
    const called = (asArray(asObject(choice?.message)?.tool_calls)?.length ?? 0) > 0
    const finish = asString(choice?.finish_reason)
    return called && (finish === 'stop' || finish === 'tool_calls') ? finish : undefined
  },
  decide: commonest,
}
