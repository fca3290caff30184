import type { Turn } from '../conversation.ts'
import { arithmetic, counting, prose } from './write-text.ts'

/** The last thing that a user said. */
export const lastPrompt = (turns: readonly Turn[]): string => turns.findLast((turn) => turn.role === 'user')?.text ?? ''

const codeWord = /\b(?:code|secret|magic|pass) ?word (?:is|was):? ["']?([^\s."',]+)/i

const recalled = (turns: readonly Turn[]): string | undefined => {
  for (const turn of turns.toReversed()) {
    const word = turn.role === 'user' ? codeWord.exec(turn.text)?.[1] : undefined
    if (word !== undefined) return word
  }
  return undefined
}

/** The colour of a picture in the prompt; "none" when it is not there. */
const pictured = (prompt: string): string => {
  const colours = [...prompt.matchAll(/<picture(?: (\w+))?>/g)].map(([, colour]) => colour ?? 'some colour')
  return colours[/\bof the second picture\b/i.test(prompt) ? 1 : 0] ?? 'none'
}

/** Results of tools that nobody has answered to yet. */
const freshResults = (turns: readonly Turn[]): string[] => {
  const results: string[] = []
  for (const turn of turns.toReversed()) {
    if (turn.role !== 'tool') break
    results.unshift(turn.text)
  }
  return results
}

/** What the model answers in words: it does what the last prompt asks, and speaks of tool results when there are new ones. */
export const answerText = (turns: readonly Turn[]): string => {
  const results = freshResults(turns)
  if (results.length > 0) return `The result is: ${results.filter((text) => text !== '').join('; ') || 'empty'}`
  const prompt = lastPrompt(turns)
  if (/\bname (its|the) colou?r\b/i.test(prompt)) return pictured(prompt)
  const line =
    /\b(?:repeat|print|echo|say)\b[^:\n]*: ?([^\n]+)/i.exec(prompt)?.[1] ?? /\b(?:print|echo|say|write) "([^"\n]+)"/i.exec(prompt)?.[1]
  if (line !== undefined) return line
  const word = /\bsingle word:? ["']?([^\s"']+?)["']?[.!]?(?:\s|$)/i.exec(prompt)?.[1]
  if (word !== undefined) return word
  if (codeWord.test(prompt)) return 'Noted.'
  if (/\b(?:code|secret|magic|pass) ?word\b/i.test(prompt)) return recalled(turns) ?? 'You have not told me a code word.'
  const numbers = counting(prompt)
  if (numbers !== undefined) return numbers
  const words = /\b(\d+)[- ]words?\b/i.exec(prompt)?.[1]
  if (words !== undefined) return prose(Number(words))
  return (
    arithmetic(prompt) ??
    (/\b(?:hello|hi|hey)\b/i.test(prompt) ? 'Hello! How can I help you today?' : 'I have read that and am glad to help.')
  )
}
