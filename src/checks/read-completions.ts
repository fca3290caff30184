import type { JsonObject, View } from '../types.ts'
import { asArray, asInteger, asObject } from './read.ts'

// What several checks of the older completions read alike. Nothing here throws or repairs, whatever an endpoint sends.

export const requestOf = (view: View): JsonObject => asObject(view.request) ?? {}

/** How many prompts the request has: tokens of one text are one prompt, and anything else in a list is one each. */
export const promptsAsked = (view: View): number => {
  const prompt = asArray(requestOf(view).prompt)
  return prompt && prompt.length > 0 && typeof prompt[0] !== 'number' ? prompt.length : 1
}

/** How many choices are owed: as many as asked for each prompt. */
export const choicesAsked = (view: View): number => promptsAsked(view) * Math.max(1, asInteger(requestOf(view).n) ?? 1)
