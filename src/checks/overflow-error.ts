import type { View } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { bodyOf } from './failure.ts'
import { asArray, asObject, asString, show } from './read.ts'

/** Words by which OpenCode 1.18 and others tell that a conversation has to be shortened. */
const wordings: readonly RegExp[] = [
  /prompt is too long|input is too long/i,
  /exceeds? the (?:available )?(?:context|maximum|model'?s? (?:maximum )?context)/i,
  /maximum (?:context|prompt) length|context[_ ](?:length|window|size)/i,
  /reduce the length of (?:the )?(?:messages|input|prompt)/i,
  /too many (?:input )?tokens|token (?:limit|count) (?:exceeded|exceeds)|exceeds the (?:token )?limit of/i,
  /input (?:token count|length).*exceeds|request (?:is )?too large/i,
]

/** Only requests that are long on purpose have so much text, and there is nothing else about them that could be refused. */
const longText = 8000

export const overflowError = defineCheck({
  id: 'overflow-error',
  summary: 'the refusal of a prompt for its length says that it is too long',
  codes: ['unrecognised', 'code'],
  needs: 'complete',
  over: 'exchange',
  judge([view], _, { traits }) {
    const { status } = view.response
    if (status !== 400 && status !== 413 && status !== 422) return unobserved(`answered ${status}`)
    if ((view.breaks !== undefined && view.breaks !== 'messages') || textLength(view) < longText)
      return unobserved('the prompt is not long')
    const body = bodyOf(view)
    const error = asObject(asObject(body)?.error)
    if (error?.code === 'context_length_exceeded') return held(1)
    const said = asString(error?.message) ?? show(body, 2000)
    const about = { at: inBody('/error'), expected: '"context_length_exceeded"', actual: show(error?.code ?? said) }
    // few clients look for the code alone: the words, the type, or 413 are enough for the others
    const isTold = status === 413 || /context_(?:size|length|window)/.test(`${asString(error?.type)} ${asString(error?.code)}`)
    if (isTold || wordings.some((wording) => wording.test(said))) return held(1, [{ code: 'code', ...about }])
    if (!isPlainTalk(view)) return unobserved('refused for its history')
    const tools = asArray(asObject(view.request)?.tools) ?? []
    if (tools.length > 0 && (!traits.has('tools') || /\b(?:tools?|tool_choice|functions?)\b/i.test(said)))
      return unobserved('refused for its tools')
    if (isAboutOther(asString(error?.param) ?? '', said)) return unobserved('refused for something else')
    return violated({ code: 'unrecognised', ...about })
  },
})

/** Without calls, and with turns that alternate: nothing about such a history is refused by anybody but its length. */
const isPlainTalk = ({ request }: View): boolean => {
  const roles = (asArray(asObject(request)?.messages) ?? []).map((message) => asObject(message)?.role)
  return roles.every((role, index) => role !== 'tool' && (role === 'system' || role !== roles[index - 1]))
}

/** A refusal that names another member than the prompt as such: one message, a tool, a cap that the model cannot reach. */
const isAboutOther = (param: string, said: string): boolean =>
  /^(?!(?:messages|prompt|input|body)$)./.test(param) ||
  /\bmax_(?:completion_|output_|new_)?tokens\b|\b(?:completion|output) tokens\b/i.test(said)

const textLength = ({ request }: View): number => {
  let length = 0
  for (const message of asArray(asObject(request)?.messages) ?? []) {
    const content = asObject(message)?.content
    for (const part of Array.isArray(content) ? content : [content])
      length += (asString(part) ?? asString(asObject(part)?.text) ?? '').length
  }
  return length
}
