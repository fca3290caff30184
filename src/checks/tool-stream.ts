import type { JsonObject, SseEvent, View } from '../types.ts'
import { asArray, asInteger, asObject, asString, eachChoice, perView } from './read.ts'
import { hasFailed, isMisshapen } from './read-chat.ts'
import { parsesToObject } from './tool-arguments.ts'

/** One entry of a `tool_calls` delta whose index is an integer. */
export interface ToolDelta {
  readonly event: SseEvent
  readonly pointer: string
  readonly index: number
  readonly entry: JsonObject
  /** Empty strings count as absent: vendors send them for "as before". */
  readonly id: string | undefined
  readonly name: string | undefined
  readonly arguments: unknown
}

export interface StreamedReply {
  readonly choice: number
  /** Every entry, those without an integer index included. */
  entries: number
  readonly deltas: ToolDelta[]
  readonly calls: Map<number, ToolDelta[]>
  finish: unknown
  /** How often the choice said that it had finished. */
  finishes: number
  /** The first entry that came after the finish; such entries belong to no call. */
  late: { readonly event: SseEvent; readonly pointer: string } | undefined
}

/** The tool deltas of a chat stream by choice and index, in order of arrival. */
export const streamedCalls = perView((view): readonly StreamedReply[] => {
  const replies = new Map<number, StreamedReply>()
  eachChoice(view, (choice) => {
    const { index, delta, finish } = choice
    let reply = replies.get(index)
    if (!reply) {
      reply = { choice: index, entries: 0, deltas: [], calls: new Map(), finish: null, finishes: 0, late: undefined }
      replies.set(index, reply)
    }
    const isOver = typeof reply.finish === 'string' && reply.finish !== ''
    if (typeof finish === 'string') reply.finish ??= finish
    if (typeof finish === 'string' && finish !== '') reply.finishes++
    const entries = asArray(delta.tool_calls)
    // A call that is no list is there, although nothing can be read from it.
    if (asObject(delta.tool_calls)) reply.entries++
    if (!entries || entries.length === 0) return
    reply.entries += entries.length
    if (isOver) {
      reply.late ??= { event: choice.event, pointer: `${choice.pointer}/delta/tool_calls` }
      return
    }
    for (let position = 0; position < entries.length; position++) {
      addEntry(reply, choice.event, `${choice.pointer}/delta/tool_calls/${position}`, entries[position])
    }
  })
  return [...replies.values()]
})

const addEntry = (reply: StreamedReply, event: SseEvent, pointer: string, value: unknown): void => {
  const entry = asObject(value)
  const index = asInteger(entry?.index)
  if (!entry || index === undefined || index < 0) return
  const own = asObject(entry.function)
  const delta: ToolDelta = {
    event,
    pointer,
    index,
    entry,
    id: asString(entry.id) || undefined,
    name: asString(own?.name) || undefined,
    arguments: own?.arguments,
  }
  reply.deltas.push(delta)
  const call = reply.calls.get(index)
  if (call) call.push(delta)
  else reply.calls.set(index, [delta])
}

/** The fragments of a call put together; undefined when one of them is not a string, which is the schema's business. */
export const joinedArguments = (deltas: readonly ToolDelta[]): string | undefined => {
  const fragments: string[] = []
  for (const delta of deltas) {
    if (typeof delta.arguments === 'string') fragments.push(delta.arguments)
    else if (delta.arguments !== undefined && delta.arguments !== null) return undefined
  }
  return fragments.join('')
}

export const isFinishedReply = ({ finish }: StreamedReply): boolean =>
  ['stop', 'tool_calls', 'function_call'].includes(asString(finish) ?? '')

export interface Confusion {
  readonly code: 'reused' | 'id-changed' | 'moved'
  readonly delta: ToolDelta
  readonly was: string
}

/** The calls whose index does not stand for one call, by index. */
export const confusedCalls = (reply: StreamedReply): ReadonlyMap<number, Confusion> => {
  const confused = new Map<number, Confusion>()
  const indexOfId = new Map<string, number>()
  let previous: number | undefined
  for (const [index, deltas] of reply.calls) {
    const first = deltas[0] as ToolDelta
    const other = deltas.find(({ id }) => id !== undefined && first.id !== undefined && id !== first.id)
    if (other) confused.set(index, { code: other.name === undefined ? 'id-changed' : 'reused', delta: other, was: first.id ?? '' })
    const home = first.id === undefined ? undefined : indexOfId.get(first.id)
    if (first.id !== undefined && home === undefined) indexOfId.set(first.id, index)
    const before = home ?? (first.id === undefined && first.name === undefined && first.arguments ? previous : undefined)
    // Two whole calls under one id are two calls: their ids are then not unique, their indexes are right.
    if (
      !other &&
      before !== undefined &&
      isFinishedReply(reply) &&
      !(home === undefined ? isWhole(reply, before) : isWhole(reply, before, '') && isWhole(reply, index, ''))
    ) {
      confused.set(index, { code: 'moved', delta: first, was: String(before) })
    }
    previous = index
  }
  return confused
}

const isWhole = ({ calls }: StreamedReply, index: number, alsoWhole?: string): boolean => {
  const deltas = calls.get(index) ?? []
  const text = joinedArguments(deltas)
  return deltas.some(({ name }) => name !== undefined) && text !== undefined && (text === alsoWhole || parsesToObject(text))
}

/**
 * Replies in which every entry has an index and every index stands for one call. Elsewhere a missing index or a call
 * that changed places makes all that is put together by index wrong, and one defect must have one name. The same goes for
 * a stream that failed, or lost chunks on the way.
 */
export const soundReplies = (view: View): readonly StreamedReply[] =>
  isMisshapen(view) || hasFailed(view)
    ? []
    : streamedCalls(view).filter((reply) => reply.entries === reply.deltas.length && confusedCalls(reply).size === 0)

/** A piece of a name is known by what it is a piece of: a declared name, at once or together with later deltas. */
export const isPartial = (name: string, deltas: readonly ToolDelta[], declared: readonly string[]): boolean => {
  if (declared.includes(name)) return false
  if (declared.some((other) => other.startsWith(name))) return true
  return declared.includes(deltas.map((delta) => delta.name ?? '').join(''))
}
