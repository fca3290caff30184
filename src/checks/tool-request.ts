import type { JsonObject, View, Violation } from '../types.ts'
import { errorOf, isBusy } from './failure.ts'
import { asArray, asObject, asString, choicesOf } from './read.ts'
import { argumentsObject } from './tool-arguments.ts'
import { streamedCalls } from './tool-stream.ts'

/** What a request says about calling; `auto` is what tools without a word mean. */
export type ToolChoice =
  | { readonly kind: 'none' | 'auto' | 'required' }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'allowed'; readonly names: readonly string[]; readonly mustCall: boolean }

const functionName = (value: unknown): string | undefined =>
  asString(asObject(asObject(value)?.function)?.name) ?? asString(asObject(value)?.name)

/** @returns undefined when the request declares no tools, or says something that is not understood */
export const toolChoiceOf = (view: View): ToolChoice | undefined => {
  const request = asObject(view.request)
  if (!request || (asArray(request.tools)?.length ?? 0) === 0) return undefined
  const choice = request.tool_choice ?? 'auto'
  if (choice === 'none' || choice === 'auto' || choice === 'required') return { kind: choice }
  const named = asObject(choice)
  if (named?.type === 'function') {
    const name = functionName(named)
    return name === undefined ? undefined : { kind: 'named', name }
  }
  const allowed = named?.type === 'allowed_tools' ? asObject(named.allowed_tools) : undefined
  if (!allowed) return undefined
  const names = (asArray(allowed.tools) ?? []).map(functionName).filter((name) => name !== undefined)
  return { kind: 'allowed', names, mustCall: allowed.mode === 'required' }
}

/** Whether the request obliges the reply to contain a call, so that what it calls is the server's word and not the model's whim. */
export const mustCall = (choice: ToolChoice | undefined): boolean =>
  choice?.kind === 'required' || choice?.kind === 'named' || (choice?.kind === 'allowed' && choice.mustCall)

/** The declared functions of a chat request by name. */
export const functionsOf = (view: View): ReadonlyMap<string, JsonObject> => {
  const functions = new Map<string, JsonObject>()
  for (const tool of asArray(asObject(view.request)?.tools) ?? []) {
    const declared = asObject(asObject(tool)?.function)
    const name = asString(declared?.name)
    if (declared && name !== undefined) functions.set(name, declared)
  }
  return functions
}

/** Anything else, such as `length` or nothing at all, may have left the last call unfinished. */
export const isFinished = (choice: JsonObject): boolean =>
  ['stop', 'tool_calls', 'function_call'].includes(asString(choice.finish_reason) ?? '')

/** Whether a reply holds call entries of any form, those that a fold had to leave out included. */
export const hasCalls = (view: View, choice: JsonObject): boolean => {
  if (view.streamed) return streamedCalls(view).some((reply) => reply.choice === choice.index && reply.entries > 0)
  const calls = asObject(choice.message)?.tool_calls
  return Array.isArray(calls) ? calls.length > 0 : calls !== undefined && calls !== null
}

/** The visible text of a choice: a string, or the text parts of the arrays that some vendors send. */
export const contentOf = (choice: JsonObject): string => {
  const content = asObject(choice.message)?.content
  if (typeof content === 'string') return content
  return (asArray(content) ?? []).map((part) => asString(asObject(part)?.text) ?? '').join('')
}

export interface NamedCall {
  readonly choice: JsonObject
  /** Pointer of the call inside the completion. */
  readonly pointer: string
  readonly id: string | undefined
  readonly name: string
  readonly arguments: unknown
}

/** The calls of a completion that name a function; a call without a name is blamed elsewhere. */
export const namedCalls = (view: View): readonly NamedCall[] => {
  const calls: NamedCall[] = []
  choicesOf(view).forEach((choice, position) => {
    ;(asArray(asObject(choice.message)?.tool_calls) ?? []).forEach((entry, index) => {
      const call = asObject(entry)
      const name = asString(asObject(call?.function)?.name)
      if (!call || name === undefined) return
      const pointer = `/choices/${position}/message/tool_calls/${index}`
      calls.push({ choice, pointer, id: asString(call.id), name, arguments: asObject(call.function)?.arguments })
    })
  })
  return calls
}

/**
 * Whether the calls of the history are what a server should take: a message is sent back as it came, with whatever was
 * wrong with it, and the model may have made more calls than are answered.
 */
export const areCallsSound = (view: View): boolean => {
  const messages = (asArray(asObject(view.request)?.messages) ?? []).map(asObject)
  const answered = new Set(messages.map((message) => message?.tool_call_id))
  return messages
    .flatMap((message) => message?.tool_calls ?? [])
    .map(asObject)
    .every((call) => {
      const own = asObject(call?.function)
      return asString(call?.id) && answered.has(call?.id) && asString(call?.type) && asString(own?.name) && argumentsObject(own?.arguments)
    })
}

/** The refusal of a request that was not wrong on purpose, where acceptance itself is owed; keys and overload are no refusal. */
export const refusal = (view: View): Violation | undefined => {
  const { status } = view.response
  if (view.breaks !== undefined || status === 401 || status === 403 || isBusy(status)) return undefined
  if (status !== 501 && (status < 400 || status > 499)) return undefined
  // whoever does not take tools without being told to call one breaks a rule of its own
  if (toolChoiceOf(view)?.kind === 'auto' && blamesChoice(view)) return undefined
  const message = asString(errorOf(view)?.message) ?? ''
  return { code: 'refused', at: { in: 'status' }, expected: '2xx', actual: `${status} ${message}`.trim().slice(0, 120) }
}

/** Whether a refusal speaks of the choice among tools, as vLLM's does: "auto" tool choice requires --enable-auto-tool-choice. */
export const blamesChoice = (view: View): boolean => {
  const error = errorOf(view)
  return error?.param === 'tool_choice' || /\btool[_ ]choice\b/i.test(asString(error?.message) ?? '')
}

/** A 2xx answer to a request that was meant well; what follows from a request that is wrong on purpose proves nothing. */
export const isSuccess = ({ response, breaks }: View): boolean => breaks === undefined && response.status >= 200 && response.status < 300
