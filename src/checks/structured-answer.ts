import type { JsonObject, View } from '../types.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject, asString, choicesOf, perView, streamEntries } from './read.ts'
import { capOf, completionTokens, hasFailed, hasReasoning, isMisshapen, stopsOf } from './read-chat.ts'
import { reasoningTokens, thinkingTag } from './reasoning-text.ts'
import { readsAsRefusal } from './structured-text-read.ts'

/** The form of output that a chat request asks for. */
export interface Format {
  readonly type: string
  /** Of `json_schema` only. */
  readonly schema?: unknown
}

export const formatOf = (view: View): Format | undefined => {
  const format = asObject(asObject(view.request)?.response_format)
  const type = asString(format?.type)
  if (type === undefined) return undefined
  const schema = asObject(format?.json_schema)?.schema
  return schema === undefined ? { type } : { type, schema }
}

/** An answer that claims to be finished, so that a client would parse it. */
export interface FinishedAnswer {
  readonly text: string
  readonly pointer: string
  /** Thoughts were shown or counted beside it. */
  readonly reasons: boolean
  /** The thoughts can be read, so that they are not what stands in the text. */
  readonly shown: boolean
  /** It used up its cap, whatever its finish says. */
  readonly metCap: boolean
}

const isAnswer = (choice: JsonObject, message: JsonObject): boolean =>
  choice.finish_reason === 'stop' && !message.refusal && !message.function_call && !asArray(message.tool_calls)?.length

/** A stream whose text is not what the server meant to say: broken, failed on the way, or going on behind its finish. */
export const isUnjoined = perView((view): boolean => {
  if (isMisshapen(view) || hasFailed(view)) return true
  const finished = new Set<number>()
  for (const { index, delta, finish } of streamEntries(view)) {
    if (finished.has(index) && delta?.content) return true
    if (typeof finish === 'string') finished.add(index)
  }
  return false
})

/**
 * The finished texts of a chat answer that can be held against the form asked for. Left out is what was cut, what the model
 * declined, what is empty, what a stop sequence ended, and thoughts that leaked, of which other requirements speak.
 */
export const finishedAnswers = (view: View): readonly FinishedAnswer[] | string => {
  if (!isSuccess(view) || isDisguisedFailure(view)) return `answered ${view.response.status}`
  if (isUnjoined(view)) return 'parts of the answer are malformed'
  if (stopsOf(view).length > 0) return 'a stop sequence may have ended it'
  const [cap, spent] = [capOf(view), completionTokens(view)]
  const metCap = cap !== undefined && spent !== undefined && spent >= cap
  const answers: FinishedAnswer[] = []
  for (const [position, choice] of choicesOf(view).entries()) {
    const message = asObject(choice.message)
    const text = asString(message?.content)
    if (!message || !text || !isAnswer(choice, message)) continue
    const shown = hasReasoning(message)
    const reasons = shown || (reasoningTokens(view) ?? 0) > 0
    // a model may end its turn at once behind its thoughts
    if (text.trim() === '' && reasons) continue
    if (thinkingTag(text) !== undefined || readsAsRefusal(text)) continue
    answers.push({ text, pointer: `/choices/${position}/message/content`, reasons, shown, metCap })
  }
  return answers.length > 0 ? answers : 'no finished answer in text'
}
