import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure } from './failure.ts'
import { asArray, asObject } from './read.ts'
import { isSuccess, refusal } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionRequestAssistantMessage */
export const toolTurnAccepted = defineCheck({
  id: 'tool-turn-accepted',
  summary: 'a history with calls and results in this form is accepted',
  codes: ['refused'],
  needs: 'any',
  over: 'probe',
  judge(views, _, { traits }) {
    const view = views[views.length - 1] as View
    const messages = messagesOf(view)
    if (!messages.some((message) => asObject(message)?.role === 'tool')) return unobserved('the request has no tool message')
    if (isDisguisedFailure(view)) return unobserved('a failure was answered with a success status')
    if (isSuccess(view)) return held(1)
    const refused = refusal(view)
    if (!refused) return unobserved(`answered ${view.response.status}`)
    // Some thinking models refuse every call whose reasoning is left out, whatever else is in the history; that has a rule of its own.
    if (traits.has('thinks')) return unobserved('refused, maybe for the sake of reasoning')
    const same = JSON.stringify(messages)
    if (views.some((other) => other !== view && refusal(other) && JSON.stringify(messagesOf(other)) === same)) {
      return unobserved('an earlier step with the same history was refused')
    }
    return violated(refused)
  },
})

const messagesOf = (view: View): readonly unknown[] => asArray(asObject(view.request)?.messages) ?? []
