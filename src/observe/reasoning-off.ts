import { asObject, choicesOf } from '../checks/read.ts'
import { answerOf, reasoningTokens, thinkingTag, thoughtsOf } from '../checks/reasoning-text.ts'
import type { JsonObject, Observer, View } from '../types.ts'
import { isChat, isChatReply, isWhole, times, treatment } from './votes.ts'

const switches: Readonly<Record<string, (request: JsonObject) => boolean>> = {
  reasoning_effort: (request) => request.reasoning_effort === 'none',
  thinking: (request) => asObject(request.thinking)?.type === 'disabled',
  enable_thinking: (request) => request.enable_thinking === false,
  chat_template_kwargs: (request) => asObject(request.chat_template_kwargs)?.enable_thinking === false,
  reasoning: (request) => asObject(request.reasoning)?.enabled === false,
}

const thinks = (view: View): boolean =>
  (reasoningTokens(view) ?? 0) > 0 ||
  choicesOf(view).some(({ message }) => {
    const own = asObject(message)
    return own !== undefined && (thoughtsOf(own).size > 0 || thinkingTag(answerOf(own)) !== undefined)
  })

export const reasoningOff: Observer = {
  id: 'reasoning-off',
  summary: 'tries the usual switches one by one',
  sees(view) {
    const request = asObject(view.request)
    if (!isChat(view) || !request) return undefined
    const used = Object.keys(switches).filter((name) => switches[name]?.(request))
    if (used.length !== 1) return undefined
    if (treatment(view) === 'refused') return `${used[0]} vain`
    if (!isChatReply(view) || !isWhole(view) || choicesOf(view).length === 0) return undefined
    return `${used[0]} ${thinks(view) ? 'vain' : 'works'}`
  },
  decide(votes) {
    const working = Object.keys(switches).filter((name) => times(votes, `${name} works`) > times(votes, `${name} vain`))
    return working.length > 1 ? 'several' : (working[0] ?? 'none')
  },
}
