import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { promptTokens } from './read-chat.ts'
import { areCallsSound, contentOf, isSuccess, refusal } from './tool-request.ts'

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
    if (refused && !(areCallsSound(view) && isMessageSound(view))) return unobserved('the message that goes back is broken itself')
    if (refused) return traits.has('thinks') ? unobserved('refused, maybe for the sake of reasoning') : violated(refused)
    if (!isSuccess(view)) return unobserved(`answered ${view.response.status}`)
    const words = result.match(/[A-Za-z]{12,}/g) ?? []
    if (choicesOf(view).some((choice) => words.some((word) => contentOf(choice).includes(word)))) return held(1)
    const base = views.find((other) => isSuccess(other) && resultOf(other) === undefined)
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

/** Whether the message with the calls has the form of one: it is sent back as it came, with whatever was wrong with it. */
const isMessageSound = (view: View): boolean => {
  const messages = (asArray(asObject(view.request)?.messages) ?? []).map(asObject)
  const isText = (value: unknown) => value === undefined || value === null || typeof value === 'string'
  return messages
    .filter((message, index) => messages[index + 1]?.role === 'tool' && message?.role !== 'tool')
    .every((message) => message?.role === 'assistant' && isText(message.content))
}

/** All text that tool messages bring; undefined when there is none. */
const resultOf = (view: View): string | undefined => {
  const texts = (asArray(asObject(view.request)?.messages) ?? [])
    .map(asObject)
    .filter((message) => message?.role === 'tool')
    .map((message) => asString(message?.content) ?? '')
  return texts.length > 0 ? texts.join(' ') : undefined
}
