import type { JsonObject, View } from '../types.ts'
import { asList, asObject, asText, failureOf, isWholeJson, partsText } from './loose.ts'
import { readResponsesWire } from './wire-responses.ts'

/** A call as the bytes tell it, read as kindly as one can. */
export interface WireCall {
  readonly id: string
  /** The name as it first came. */
  readonly name: string
  /** All pieces of the name joined, where it came in several. */
  readonly joined: string
  /** The arguments, all fragments joined. */
  readonly text: string
  readonly fragments: readonly string[]
}

/** What an exchange says, by whatever member it says it: what a client handed over is held against this. */
export interface Wire {
  /** The visible text, from where it belongs. */
  readonly text: string
  /** Text in members that no client reads in such an answer. */
  readonly misplaced: string
  readonly reasoning: string
  readonly refusal: string
  readonly calls: readonly WireCall[]
  /** Reports of a failure inside the answer, as they were sent. */
  readonly failures: readonly unknown[]
  /** The answer was ended by a limit, of the model or of the line. */
  readonly cut: boolean
}

export const readWire = (view: View): Wire => (view.endpoint.endsWith(' /responses') ? readResponsesWire(view) : readChat(view))

/** Members of a delta that are no text for the reader, or are read elsewhere. */
const knownMembers =
  /^(?:role|content|refusal|name|type|id|object|status|index|function_call|tool_calls|signature|finish_reason|thinking)$|reason|thought|think/

/** Text in a member of a delta that nobody documents. */
const strayText = (delta: JsonObject | undefined): string =>
  Object.entries(delta ?? {})
    .map(([name, value]) => (knownMembers.test(name) ? '' : asText(value)))
    .join('')

/** Of a report that stands alone clients keep the members that OpenAI documents. */
const readReport = (failure: unknown): unknown => {
  const own = asObject(failure)
  if (!own || own.object !== undefined) return failure
  return Object.fromEntries(Object.entries(own).filter(([name]) => ['message', 'type', 'param', 'code'].includes(name)))
}

interface Growing {
  id: string
  name: string
  joined: string
  text: string
  fragments: string[]
}

const readChat = (view: View): Wire => {
  const text: string[] = []
  const misplaced: string[] = []
  const reasoning: string[] = []
  const refusal: string[] = []
  const failures: unknown[] = []
  const calls: Growing[] = []
  const byIndex = new Map<unknown, Growing>()
  const late: unknown[] = []
  // the form before tools: one call, in pieces, without an id
  const legacy: object[] = []
  let cut = view.response.end !== 'complete'
  const take = (choice: JsonObject | undefined, member: 'delta' | 'message') => {
    if (choice?.finish_reason === 'length') cut = true
    const delta = asObject(choice?.[member])
    text.push(partsText(delta?.content))
    refusal.push(asText(delta?.refusal))
    for (const name of ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'])
      if (typeof delta?.[name] === 'string') {
        reasoning.push(delta[name])
        break
      }
    if (asObject(delta?.function_call)) legacy.push({ index: 0, id: 'function_call', function: delta?.function_call })
    for (const each of asList(delta?.tool_calls)) takeCall(calls, byIndex, asObject(each), member === 'message')
  }
  const payloads = view.streamed ? view.events.map(({ json }) => json) : [view.json]
  for (const payload of payloads) {
    const failure = failureOf(payload)
    if (failure !== undefined) failures.push(asObject(payload)?.choices === undefined ? readReport(failure) : failure)
    const choices = asList(asObject(payload)?.choices).map(asObject)
    // clients read the first place, whatever index stands there; the text of another choice is not the answer
    const own = choices.find((choice) => choice?.index === 0 || typeof choice?.index !== 'number')
    take(own, view.streamed ? 'delta' : 'message')
    if (!view.streamed) continue
    misplaced.push(asText(own?.text), partsText(asObject(own?.message)?.content), strayText(asObject(own?.delta)))
    late.push(...asList(asObject(own?.message)?.tool_calls))
  }
  // a whole message in the last chunk often repeats the calls; it counts where nothing else told of them
  if (calls.length === 0) for (const each of legacy) takeCall(calls, byIndex, asObject(each), false)
  if (calls.length === 0) for (const each of late) takeCall(calls, byIndex, asObject(each), true)
  if (view.streamed === false && asObject(view.request)?.stream === true) misplaced.push(text.splice(0).join(''))
  return {
    text: text.join(''),
    misplaced: misplaced.join(''),
    reasoning: reasoning.join(''),
    refusal: refusal.join(''),
    calls,
    failures,
    cut,
  }
}

/**
 * A new call begins with a new index, or where one index is used for several: with another id and a name, when the call
 * before has all its arguments. Servers that draw a new id for every fragment are not told apart by the id alone.
 */
const takeCall = (calls: Growing[], byIndex: Map<unknown, Growing>, entry: JsonObject | undefined, whole: boolean): void => {
  if (!entry) return
  const own = asObject(entry.function)
  const id = asText(entry.id) || (typeof entry.id === 'number' ? String(entry.id) : '')
  const name = asText(own?.name)
  const piece = own?.arguments === undefined || own.arguments === null ? '' : partsText(own.arguments) || asJson(own.arguments)
  const key = whole ? calls.length : (entry.index ?? undefined)
  const known =
    key === undefined && id !== ''
      ? calls.find((call) => call.id === id)
      : (byIndex.get(key) ?? (key === undefined ? calls.at(-1) : undefined))
  const another =
    known &&
    id !== '' &&
    name !== '' &&
    id !== known.id &&
    (known.text === '' || isWholeJson(known.text) || (name !== known.name && known.name !== ''))
  if (!known || another) {
    const call: Growing = { id, name, joined: name, text: piece, fragments: piece === '' ? [] : [piece] }
    calls.push(call)
    byIndex.set(key, call)
    return
  }
  // the whole call once more is a repetition, not a continuation
  if (isWholeJson(known.text) && piece === known.text) return
  known.id ||= id
  known.name ||= name
  if (name !== '' && name !== known.name) known.joined += name
  known.text += piece
  if (piece !== '') known.fragments.push(piece)
}

const asJson = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
