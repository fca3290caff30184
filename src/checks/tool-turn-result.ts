import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { promptTokens } from './read-chat.ts'
import { argumentsObject } from './tool-arguments.ts'
import { contentOf, isSuccess, refusal } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/function-calling: the model sees what the function gave back. */
export const toolTurnResult = defineCheck({
  id: 'tool-turn-result',
  summary: 'a tool message is accepted and its text becomes part of the prompt',
  codes: ['refused', 'ignored'],
  needs: 'complete',
  over: 'probe',
  judge(views, _, { traits }) {
    const view = views[views.length - 1] as View
    const result = resultOf(view)
    if (result === undefined) return unobserved('the request has no tool message')
    const refused = refusal(view)
    // Vendors that want their reasoning back refuse for that; reasoning.tools.* speak of it.
    if (refused && !isSound(view)) return unobserved('the call that goes back is broken itself')
    if (refused) return traits.has('thinks') ? unobserved('refused, maybe for the sake of reasoning') : violated(refused)
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const words = result.match(/[A-Za-z]{12,}/g) ?? []
    if (choicesOf(view).some((choice) => words.some((word) => contentOf(choice).includes(word)))) return held(1)
    const base = views.find((other) => other !== view && isSuccess(other) && resultOf(other) === undefined)
    const before = base && promptTokens(base)
    const after = promptTokens(view)
    if (before === undefined || after === undefined || after < before) return unobserved('no prompt token counts to compare')
    // No tokenizer makes English words of more than eight characters per token on average.
    const least = Math.floor(result.length / 8)
    if (after - before >= least) return held(1)
    return violated({
      code: 'ignored',
      at: { in: 'completion', pointer: '/usage/prompt_tokens' },
      expected: `at least ${before + least}`,
      actual: String(after),
    })
  },
})

/** Whether the calls of the history are what a server should take: a message is sent back as it came, with whatever was wrong with it. */
const isSound = (view: View): boolean => {
  const messages = (asArray(asObject(view.request)?.messages) ?? []).map(asObject)
  const calls = messages.flatMap((message) => message?.tool_calls ?? []).map(asObject)
  return calls.every((call) => {
    const own = asObject(call?.function)
    return asString(call?.id) && asString(call?.type) && asString(own?.name) && argumentsObject(own?.arguments)
  })
}

/** All text that tool messages bring; undefined when there is none. */
const resultOf = (view: View): string | undefined => {
  const texts = (asArray(asObject(view.request)?.messages) ?? [])
    .map(asObject)
    .filter((message) => message?.role === 'tool')
    .map((message) => asString(message?.content) ?? '')
  return texts.length > 0 ? texts.join(' ') : undefined
}
