import type { JsonObject, Outcome, View, Violation } from '../types.ts'
import { defineCheck, held, inBody, unobserved, violated } from './define-check.ts'
import { isDisguisedFailure, isSuccess } from './failure.ts'
import { asArray, asInteger, asObject, show, typeName } from './read.ts'
import { isRefused, promptTokens } from './read-chat.ts'
import { choicesAsked, requestOf } from './read-completions.ts'

/** A prompt that a tokenizer took apart and put together again may have lost or won white space at its ends. */
const isEchoed = (text: string, prompt: string): boolean => text.trimStart().startsWith(prompt.trim())

/** Without a space between them, no continuation begins with the very prompt that it continues. */
const shortestPrompt = 12

const judgeEcho = (view: View, choices: readonly JsonObject[]): Violation | undefined => {
  const { prompt, echo } = requestOf(view)
  if (typeof prompt !== 'string') return undefined
  const isWrong = (text: unknown): boolean => {
    if (typeof text !== 'string') return false
    return echo === true ? !isEchoed(text, prompt) : prompt.length >= shortestPrompt && text.startsWith(prompt)
  }
  const position = choices.findIndex(({ text }) => isWrong(text))
  if (position < 0) return undefined
  const expected = echo === true ? `text from ${show(prompt)} on` : 'text behind the prompt only'
  return { code: 'echo', at: inBody(`/choices/${position}/text`), expected, actual: show(choices[position]?.text) }
}

const judgeBestOf = (view: View, choices: readonly JsonObject[]): Violation | undefined => {
  if (requestOf(view).best_of === undefined || choices.length === choicesAsked(view)) return undefined
  return { code: 'best-of', at: inBody('/choices'), expected: `the best ${choicesAsked(view)}`, actual: `${choices.length} choices` }
}

const lists = ['tokens', 'token_logprobs'] as const

const isLogprob = (value: unknown): boolean => value === null || typeof value === 'number'

const isToken = (value: unknown): boolean => typeof value === 'string'

/** What is wrong with lists side by side. The token itself may be one more alternative than asked for. */
const formOf = (logprobs: JsonObject, asked: number): [expected: string, actual: string] | undefined => {
  const missing = lists.find((name) => !asArray(logprobs[name]))
  if (missing !== undefined) return [`a list ${missing}`, typeName(logprobs[missing])]
  const sizes = [...lists, 'top_logprobs', 'text_offset'].map((name) => asArray(logprobs[name])?.length)
  const other = sizes.find((size) => size !== undefined && size !== 0 && size !== sizes[0])
  if (other !== undefined) return [`lists of ${sizes[0]}`, `a list of ${other}`]
  const odd = [
    ...(asArray(logprobs.tokens) ?? []).filter((value) => !isToken(value)),
    ...(asArray(logprobs.token_logprobs) ?? []).filter((value) => !isLogprob(value)),
  ]
  if (odd.length > 0) return ['texts and their numbers', typeName(odd[0])]
  const widest = Math.max(0, ...(asArray(logprobs.top_logprobs) ?? []).slice(0, 64).map((top) => Object.keys(asObject(top) ?? {}).length))
  return widest > asked + 1 ? [`at most ${asked + 1} alternatives`, String(widest)] : undefined
}

const judgeLogprobs = (view: View, choices: readonly JsonObject[]): Violation | undefined => {
  const asked = asInteger(requestOf(view).logprobs)
  if (asked === undefined) return undefined
  for (const [position, { text, logprobs }] of choices.entries()) {
    const at = inBody(`/choices/${position}/logprobs`)
    // where nothing was written, there is nothing to tell of
    if ((logprobs === null || logprobs === undefined) && text !== '')
      return { code: 'logprobs', at, expected: 'log probabilities', actual: show(logprobs) }
    const object = asObject(logprobs)
    const wrong = object && formOf(object, asked)
    if (wrong) return { code: 'logprobs-form', at, expected: wrong[0], actual: wrong[1] }
  }
  return undefined
}

/** Text of this many letters has a token in every vocabulary, twice over. */
const lettersPerToken = 24

/** A suffix that is used is read by the model, so that the prompt has more tokens than the same prompt without it. */
const judgeSuffix = (view: View, views: readonly View[]): Violation | 'unseen' | undefined => {
  const { prompt, suffix } = requestOf(view)
  if (typeof suffix !== 'string') return undefined
  const base = views.find((other) => isSuccess(other) && requestOf(other).prompt === prompt && requestOf(other).suffix === undefined)
  const [before, after] = [base && promptTokens(base), promptTokens(view)]
  const owed = Math.floor(suffix.length / lettersPerToken)
  if (before === undefined || after === undefined || owed === 0) return 'unseen'
  if (after - before >= owed) return undefined
  return { code: 'suffix', at: inBody('/usage/prompt_tokens'), expected: `>= ${before + owed}`, actual: String(after) }
}

/** Each option that is taken shows in the answer, and one that is not asked for does not. The first step asks for none. */
export const completionOptions = defineCheck({
  id: 'completion-options',
  summary: 'echo, suffix, best_of and logprobs have an effect, or are refused',
  codes: ['echo', 'suffix', 'best-of', 'logprobs', 'logprobs-form'],
  needs: 'complete',
  over: 'probe',
  judge(views): Outcome {
    const view = views[views.length - 1] as View
    if (isRefused(view)) return held(1)
    const choices = (asArray(asObject(view.json)?.choices) ?? []).map(asObject).filter((choice) => choice !== undefined)
    if (!isSuccess(view) || isDisguisedFailure(view) || choices.length === 0) return unobserved(`answered ${view.response.status}`)
    const used = judgeSuffix(view, views)
    if (used === 'unseen') return unobserved('no token counts to see the suffix by')
    const violation = judgeEcho(view, choices) ?? judgeBestOf(view, choices) ?? judgeLogprobs(view, choices) ?? used
    return violation ? violated(violation) : held(choices.length)
  },
})
