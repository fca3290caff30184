import type { View } from '../types.ts'
import { defineCheck, held, unobserved, violated } from './define-check.ts'
import { errorOf, isDisguisedFailure } from './failure.ts'
import { asArray, asObject, asString } from './read.ts'
import { isSuccess, refusal } from './tool-request.ts'

/** https://github.com/openai/openai-openapi openapi.yaml#/components/schemas/ChatCompletionRequestAssistantMessage */
export const toolTurnAccepted = defineCheck<{ readonly about?: Part } | undefined>({
  id: 'tool-turn-accepted',
  summary: 'a history with calls and results in this form is accepted',
  codes: ['refused', 'dialect'],
  needs: 'any',
  over: 'probe',
  args: { type: 'object', additionalProperties: false, properties: { about: { enum: ['content', 'ids'] } } },
  judge(views, args, { traits }) {
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
    const blamed = blamedPart(view)
    // a history with several oddities was refused for one that has a rule of its own
    if (blamed !== undefined && blamed !== args?.about) return unobserved(`the refusal speaks of ${blamed}`)
    if (blamed === undefined && args?.about === 'content' && isOdd(messages)) return unobserved('the refusal does not speak of content')
    // Templates of Mistral take no other ids: a form that servers differ on is told and not blamed.
    if (args?.about === 'ids' && isNineOnly(view)) return held(1, [{ ...refused, code: 'dialect' }])
    return violated(refused)
  },
})

/** What a rule about histories may be about; the other rules are about the order and the form of results. */
type Part = 'content' | 'ids'

/** What the refusal blames, as far as it says so. */
const blamedPart = (view: View): Part | undefined => {
  const error = errorOf(view)
  const [param, message] = [asString(error?.param) ?? '', asString(error?.message) ?? '']
  if (/tool_calls\W*\d*\W*id$/.test(param) || /\bid\b.*\b(pattern|format|length|characters|must (be|match|start))/i.test(message))
    return 'ids'
  const calling = messagesOf(view).findIndex((entry) => asArray(asObject(entry)?.tool_calls) && !asObject(entry)?.content)
  if (calling < 0) return undefined
  const place = /(\d+)\W*content$/.exec(param)?.[1]
  if (place === undefined) return /\bcontent\b/i.test(message) ? 'content' : undefined
  return asArray(asObject(messagesOf(view)[Number(place)])?.tool_calls) ? 'content' : undefined
}

/** The rule of Mistral in the words of its templates and of vLLM. */
const isNineOnly = (view: View): boolean =>
  /(alphanumeric|a-z, A-Z, 0-9)\b.*\blength (of )?9\b/i.test(asString(errorOf(view)?.message) ?? '')

/** More than one call, so that something else than the content may be what is refused. */
const isOdd = (messages: readonly unknown[]): boolean => messages.filter((message) => asObject(message)?.role === 'tool').length > 1

const messagesOf = (view: View): readonly unknown[] => asArray(asObject(view.request)?.messages) ?? []
