import { asArray, asObject } from '../checks/read.ts'
import type { JsonObject, View } from '../types.ts'

/** The messages of a chat request that are objects. */
export const messagesOf = (view: View): readonly JsonObject[] =>
  (asArray(asObject(view.request)?.messages) ?? []).map(asObject).filter((message) => message !== undefined)

/** Names under which clients send reasoning back. */
const reasoningNames = ['reasoning_content', 'reasoning'] as const

/** Under which name the assistant messages of a history carry reasoning; `bare` when they carry none, undefined without any. */
export const reasoningInHistory = (view: View): 'bare' | (typeof reasoningNames)[number] | undefined => {
  const own = messagesOf(view).filter(({ role }) => role === 'assistant')
  if (own.length === 0) return undefined
  return reasoningNames.find((name) => own.some((message) => typeof message[name] === 'string')) ?? 'bare'
}
