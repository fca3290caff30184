import type { Json } from './exchange.ts'
import { countTokens } from './tokens.ts'

/** A turn as the model reads it, whichever endpoint it came through. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly calls?: readonly PastCall[]
  /** The id of the call that a tool turn answers. */
  readonly answers?: string
}

export interface PastCall {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

export interface Tool {
  readonly name: string
  readonly parameters: Json
  readonly strict: boolean
  /** The declaration as sent, which the prompt pays for. */
  readonly declared: Json
}

export interface Choice {
  readonly mode: 'none' | 'auto' | 'required'
  /** The only tools that may be called; absent: all. */
  readonly only?: readonly string[]
}

/** What the model is asked to do. */
export interface Task {
  readonly model: string
  readonly turns: readonly Turn[]
  readonly tools: readonly Tool[]
  readonly choice: Choice
  readonly parallel: boolean
  readonly stops: readonly string[]
  /** Absent: as long as it takes. */
  readonly cap?: number
  /** `text`, any JSON object, or JSON by a schema, beside which a refusal may have a place of its own. */
  readonly format: 'text' | 'json' | { readonly schema: Json; readonly mayDecline?: boolean }
  /** How hard to think; `none` for models that do not. */
  readonly effort: string
}

const turnCost = 4

/** Tokens of the prompt: every turn, every past call and every declared tool. */
export const promptTokens = (turns: readonly Turn[], tools: readonly Tool[]): number => {
  let count = 3
  for (const turn of turns) {
    count += turnCost + countTokens(turn.text)
    for (const call of turn.calls ?? []) count += turnCost + countTokens(call.name) + countTokens(call.arguments)
  }
  for (const tool of tools) count += turnCost + countTokens(JSON.stringify(tool.declared))
  return count
}
