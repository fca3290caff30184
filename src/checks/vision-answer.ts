import type { JsonObject, View } from '../types.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { contentOf, promptTokens } from './read-chat.ts'

// What the checks of pictures, sounds and files read alike.

const contentParts = (view: View): readonly JsonObject[] =>
  (asArray(asObject(view.request)?.messages) ?? []).flatMap((message) => {
    const content = asObject(message)?.content
    return typeof content === 'string' ? [{ type: 'text', text: content }] : (asArray(content) ?? []).map((part) => asObject(part) ?? {})
  })

/** All text of the prompt, without what stands between it. */
export const promptText = (view: View): string =>
  contentParts(view)
    .map(({ text }) => asString(text) ?? '')
    .join('\n')
    .trim()

/** Parts of the prompt that are no text. */
export const mediaParts = (view: View): number => contentParts(view).filter(({ type }) => type !== 'text').length

export const isAnswered = (view: View): boolean => isSuccess(view) && !isDisguisedFailure(view) && view.response.end === 'complete'

/** The words of the answer, in small letters. */
export const wordsOf = (view: View): readonly string[] =>
  contentOf(choicesOf(view)[0])
    ?.toLowerCase()
    .match(/\p{L}+/gu) ?? []

/** The answer names this and none of the others. */
export const names = (view: View, word: string, others: readonly string[] = []): boolean => {
  const words = wordsOf(view)
  return words.includes(word) && !others.some((other) => words.includes(other))
}

/** The prompt asks for the word "none" where nothing came; only a model that keeps to that tells what did not reach it. */
export const saysNone = (view: View): boolean => wordsOf(view).join(' ') === 'none'

/** Tokens of the prompt; a count below the number of its words counts something else. */
export const plausibleTokens = (view: View): number | undefined => {
  const count = promptTokens(view)
  return count !== undefined && count >= (promptText(view).match(/\S+/g)?.length ?? 0) ? count : undefined
}

/**
 * Whether the part that is no text was taken in, told by the token count beside that of the same prompt without it.
 * A model that knows what was in the part has it, whatever was counted.
 * @returns undefined when it cannot be told
 */
export const isTaken = (without: View, view: View, word: string): boolean | undefined => {
  if (names(view, word) && !names(without, word)) return true
  const [before, after] = [plausibleTokens(without), plausibleTokens(view)]
  if (before === undefined || after === undefined) return undefined
  if (after > before) return true
  return names(view, word) ? undefined : false
}
