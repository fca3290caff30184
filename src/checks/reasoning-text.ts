import type { JsonObject, View } from '../types.ts'
import { isForeign, isNoise } from './noise.ts'
import { asArray, asInteger, asObject, asString } from './read.ts'

/** Where vendors put readable reasoning, on a message and in a delta alike. */
const textNames = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const

const partText = (part: unknown): string => {
  const own = asObject(part)
  if (!own) return asString(part) ?? ''
  for (const name of ['text', 'summary', 'thinking', 'reasoning']) {
    const value = own[name]
    if (typeof value === 'string') return value
    if (Array.isArray(value)) return value.map(partText).join('')
  }
  return ''
}

const isThought = (part: unknown): boolean => /^(thinking|reasoning)/.test(asString(asObject(part)?.type) ?? '')

/** Readable reasoning by the name of its member; empty and encrypted pieces are left out. */
export const thoughtsOf = (holder: JsonObject): ReadonlyMap<string, string> => {
  const thoughts = new Map<string, string>()
  for (const name of textNames) {
    const text = holder[name]
    if (typeof text === 'string' && text.trim() !== '') thoughts.set(name, text)
  }
  const details = (asArray(holder.reasoning_details) ?? []).map(partText).join('')
  if (details.trim() !== '') thoughts.set('reasoning_details', details)
  const parts = (asArray(holder.content) ?? []).filter(isThought).map(partText).join('')
  if (parts.trim() !== '') thoughts.set('content[]', parts)
  return thoughts
}

/** The visible text of a message or delta, without parts that are reasoning. */
export const answerOf = (holder: JsonObject): string => {
  const { content } = holder
  if (typeof content === 'string') return content
  return (asArray(content) ?? []).map((part) => (isThought(part) ? '' : (asString(asObject(part)?.text) ?? ''))).join('')
}

export const reasoningTokens = (view: View): number | undefined =>
  asInteger(asObject(asObject(asObject(view.completion)?.usage)?.completion_tokens_details)?.reasoning_tokens)

const names = 'think|thinking|thought|thoughts|reasoning|seed:think|mm:think'
const opening = new RegExp(
  `^\\s*(?:<(?:${names})>|\\[THINK\\]|◁think▷|<\\|begin_of_thought\\|>|<\\|channel\\|?>\\s*(?:analysis|thought))`,
  'i',
)
const anyOpening = new RegExp(`<(?:${names})>|\\[THINK\\]|◁think▷|<\\|begin_of_thought\\|>`, 'i')
const closing = new RegExp(`</(?:${names})>|\\[/THINK\\]|◁/think▷|<\\|end_of_thought\\|>`, 'i')

/**
 * A thinking tag in visible text that is there because reasoning was not taken out: it opens the text, or it closes
 * something that reads like thoughts. A lone tag in the middle of noise is what a model without training emits.
 */
export const thinkingTag = (text: string): string | undefined => {
  if (!text.includes('<') && !text.includes('[') && !text.includes('◁')) return undefined
  const open = opening.exec(text)
  const close = closing.exec(text)
  // in noise, one tag in its place may be chance, but hardly two
  if (open) return close || (startsLikeThought.test(text.slice(open[0].length)) && !isNoise(text)) ? open[0].trim() : undefined
  const before = text.slice(0, close?.index)
  if (!close || isForeign(text) || isNoise(before)) return undefined
  const after = text.slice(close.index + close[0].length)
  if (before.trim() === '') return /^\s*\n\s*\S/.test(after) ? close[0] : undefined
  const paired = anyOpening.test(before)
  // Models end their thoughts with a line break, and thoughts are made of common words.
  const onOwnLine =
    before.slice(before.trimEnd().length).includes('\n') || after.slice(0, after.length - after.trimStart().length).includes('\n')
  return paired || onOwnLine || readsLikeThought.test(before) ? close[0] : undefined
}

/** A line break, or words one after the other. */
const startsLikeThought = /^\s*\n|^\s*(?:<\|message\|>)?\s*(?:\p{Lu}|\p{L}+[,.]? \p{L})|^\s*\p{Script=Han}{2}/u

const readsLikeThought = /\b(?:the user|i (?:should|need|think|must|will)|let me|let's|so the|okay|we (?:need|have|should))\b/i
