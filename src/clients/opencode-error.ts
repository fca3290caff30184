import { STATUS_CODES } from 'node:http'
import type { Caught } from './handed.ts'
import { asObject, asText } from './loose.ts'
import { overflowTexts, retriedStreamTexts, retriedTexts, throttledTexts } from './opencode-rules.ts'

/** What becomes of an error: it is shown at once, shown after retries, or taken for a conversation that is too long. */
export type Fate = 'shown' | 'retried' | 'compacted'

const matches = (patterns: readonly RegExp[], ...texts: readonly string[]): boolean =>
  texts.some((text) => patterns.some((pattern) => pattern.test(text)))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The words that OpenCode shows of a refusal (contract, section 3.2, "Displayed text"). */
export const displayed = ({ message, status = 0 }: Caught, body: string): string => {
  const reason = STATUS_CODES[status]
  if (message === '') return body || reason || 'Unknown error'
  // what is not the bare reason phrase are the words of the endpoint already
  if (body === '' || message !== reason) return message
  const value = asObject(parsed(body))
  const own = value?.message || value?.error || asObject(value?.error)?.message
  if (typeof own === 'string') return `${message}: ${own}`
  return isPage(body) ? message : `${message}: ${body}`
}

/** HTML is not shown. */
export const isPage = (body: string): boolean => /^\s*(?:<!doctype|<html)/i.test(body)

/** Of an error with a status, or one that the package for Responses makes of an event. */
export const fateOfAnswer = (error: Caught, body: string): Fate => {
  const { status, retryable } = error
  const words = displayed(error, body)
  const isTooLong = matches(overflowTexts, words) && !matches(throttledTexts, words)
  if (isTooLong || status === 413 || asObject(asObject(parsed(body))?.error)?.code === 'context_length_exceeded') return 'compacted'
  return retryable === true || (status !== undefined && status >= 500) || matches(retriedTexts, words, body) ? 'retried' : 'shown'
}

/** Codes after which the form of error that names itself is not retried. */
const finalCodes = new Set<unknown>(['insufficient_quota', 'usage_not_included', 'invalid_prompt'])

/** Of what stands as `error` in a chunk. An object whose `type` is `error` is read closer, also where it is the text of the message. */
export const fateOfReport = (report: unknown): Fate => {
  const own = asObject(typeof report === 'string' ? parsed(report) : report)
  const inner = asObject(parsed(asText(own?.message))) ?? own
  const all = JSON.stringify(report) ?? ''
  if (inner?.type !== 'error') return matches(retriedStreamTexts, all) ? 'retried' : 'shown'
  const code = asObject(inner.error)?.code
  if (code === 'context_length_exceeded') return 'compacted'
  return !finalCodes.has(code) || matches(retriedTexts, JSON.stringify(inner)) ? 'retried' : 'shown'
}

const parseError = '\nError message: '

/** The engine of OpenCode has other words for broken JSON than that of Node, and names no places; its rules look at the words. */
const ownWords = ({ name, message }: Caught): string => {
  const at = message.lastIndexOf(parseError)
  if (name !== 'AI_JSONParseError' || at < 0) return message
  const isOpen = /unterminated string|bad control character/i.test(message.slice(at))
  return `${message.slice(0, at)}${parseError}JSON Parse error${isOpen ? ': Unterminated string' : ''}`
}

/** Of any other error in the middle of an answer. */
export const fateOfError = (error: Caught): Fate =>
  error.retryable === true || matches(retriedStreamTexts, ownWords(error)) ? 'retried' : 'shown'
