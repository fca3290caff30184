import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { asArray, asObject } from './read.ts'
import { promptTokens } from './read-chat.ts'
import { isSuccess } from './tool-request.ts'

/** https://platform.openai.com/docs/guides/function-calling: declarations are part of the prompt and are counted as input. */
export const toolsCounted = defineCheck({
  id: 'tools-counted',
  summary: 'the same conversation counts more prompt tokens with tools than without',
  codes: ['ignored'],
  needs: 'complete',
  over: 'probe',
  judge(views) {
    const counted = views.filter((view) => isSuccess(view) && promptTokens(view) !== undefined)
    for (const [number, view] of views.entries()) {
      if (!hasTools(view) || !counted.includes(view)) continue
      const bare = counted.find((other) => !hasTools(other) && messagesOf(other) === messagesOf(view))
      const [more, less] = [promptTokens(view), bare && promptTokens(bare)]
      if (more === undefined || less === undefined) continue
      if (more > less) return held(1)
      if (less * leastPerToken < textOf(view)) return unobserved('the count is too small for the messages alone')
      return violated({
        code: 'ignored',
        view: number,
        at: { in: 'completion', pointer: '/usage/prompt_tokens' },
        expected: `more than ${less}`,
        actual: String(more),
      })
    }
    return unobserved('no two counted requests that differ in tools only')
  },
})

/** Of all tokenizers none makes fewer tokens of English words than one for each twelve letters. */
const leastPerToken = 12

/** How many letters the contents of the messages have. */
const textOf = (view: View): number => {
  let letters = 0
  for (const message of asArray(asObject(view.request)?.messages) ?? []) {
    const { content, tool_calls } = asObject(message) ?? {}
    for (const part of [content, tool_calls]) letters += part === undefined || part === null ? 0 : JSON.stringify(part).length
  }
  return letters
}

const hasTools = (view: View): boolean => (asArray(asObject(view.request)?.tools)?.length ?? 0) > 0

const messagesOf = (view: View): string => JSON.stringify(asObject(view.request)?.messages)
