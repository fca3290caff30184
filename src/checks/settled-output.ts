import type { JsonObject, View } from '../types.ts'
import { isDisputed } from './compare-strand.ts'
import { firstDifference } from './difference.ts'
import { asArray, asInteger, asObject } from './read.ts'
import { blindness, orderedItems, readResponses } from './read-responses.ts'

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
