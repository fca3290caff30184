import type { JsonObject, View } from '../types.ts'
import { isDisputed } from './compare-strand.ts'
import { firstDifference } from './difference.ts'
import { asArray, asInteger, asObject, asString } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'
import { textOf } from './read-responses-items.ts'
import { callMarkup } from './tool-markup.ts'

/**
 * The id of an item is judged for the whole stream elsewhere; encrypted content is sealed anew each time
 * that the reference service sends it; log probabilities may be left out of the summary.
 */
export const notRepeated: ReadonlySet<string> = new Set(['id', 'encrypted_content', 'logprobs'])

/**
 * The output of a reply. In a stream, items about which the stream disagrees with itself are left out,
 * so that a copy that went wrong is not judged as if the model had said it.
 * @returns undefined when there is no output, or when it has other items than were streamed
 */
export const settledOutput = (view: View): readonly (JsonObject | undefined)[] | undefined => {
  const output = asArray(asObject(view.completion)?.output)
  if (!output || !view.streamed) return output?.map(asObject)
  const stream = readResponses(view)
  if (!stream?.terminal) return undefined
  if (stream.items.size === 0) return output.length === 0 ? [] : undefined
  if (blindness(stream) || stream.items.size !== output.length) return undefined
  return orderedItems(stream).map((item, position) => {
    const final = asObject(output[position])
    const differs = isDisputed(item) || (item.doneItem !== undefined && firstDifference(item.doneItem, final, notRepeated) !== undefined)
    return differs ? undefined : final
  })
}

/** Whether the cap may have ended the reply, admitted or not. */
export const mayBeCut = ({ request, completion }: View): boolean => {
  const reply = asObject(completion)
  const cap = asInteger(asObject(request)?.max_output_tokens)
  const used = asInteger(asObject(reply?.usage)?.output_tokens)
  return reply?.status !== 'completed' || (cap !== undefined && used !== undefined && used >= cap)
}

/** Whether the output is as it should be, so that a later request can be held to account for taking it back. */
export const isSound = ({ completion, shape }: View): boolean => {
  const output = asArray(asObject(completion)?.output)?.map(asObject)
  if (!output || output.length === 0 || shape.length > 0) return false
  const ids = new Set(output.map((item) => asString(item?.id)))
  return ids.size === output.length && output.every((item) => item?.type !== 'message' || textsOf(item).some((text) => text !== ''))
}

/** The texts and refusals of a message. */
export const textsOf = (item: JsonObject | undefined): readonly string[] =>
  (asArray(item?.content) ?? [])
    .map(asObject)
    .filter((part) => part?.type === 'output_text' || part?.type === 'refusal')
    .map(textOf)
    .filter((text) => text !== undefined)

/** Incomplete for the cap, though the output is not half as long and the context of no model is so small. */
export const endedEarly = ({ request, completion }: View): boolean => {
  const reply = asObject(completion)
  const cap = asInteger(asObject(request)?.max_output_tokens)
  const usage = asObject(reply?.usage)
  const [used, total] = [asInteger(usage?.output_tokens), asInteger(usage?.total_tokens)]
  if (reply?.status !== 'incomplete' || cap === undefined || used === undefined || total === undefined || used < 1) return false
  return asObject(reply.incomplete_details)?.reason !== 'content_filter' && used * 2 < cap && total <= smallestContext
}

const smallestContext = 128

/**
 * An item that is a call under another name. What servers run themselves has names and arguments too.
 * @returns false for what is a function call by its type
 */
export const isDisguisedCall = (item: JsonObject | undefined): boolean =>
  item !== undefined &&
  typeof item.type === 'string' &&
  item.type !== 'function_call' &&
  !item.type.startsWith('mcp_') &&
  (item.arguments !== undefined || asObject(item.function)?.arguments !== undefined) &&
  (item.name !== undefined || asObject(item.function)?.name !== undefined)

/** Output tokens that were not spent on reasoning. */
export const spokenTokens = ({ completion }: View): number => {
  const usage = asObject(asObject(completion)?.usage)
  return (asInteger(usage?.output_tokens) ?? 0) - (asInteger(asObject(usage?.output_tokens_details)?.reasoning_tokens) ?? 0)
}

/** Whether the request leaves the model no choice but to call. */
export const isForced = ({ request }: View): boolean => {
  const choice = asObject(request)?.tool_choice
  return choice === 'required' || asObject(choice)?.type === 'function'
}

/** The markup of a call that was left in the text. */
export const markupIn = (item: JsonObject | undefined): string | undefined =>
  item?.type === 'message' ? callMarkup(textsOf(item).join(''), false) : undefined
