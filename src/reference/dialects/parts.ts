import type { Answer, Call, Json, Kind, Stages, StreamEvent } from '../exchange.ts'
import { finishAt, isDone, onChat, onChatEvents, onChatRequest, onChunk, onWire } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'

/** Bends that show with some models only. */
export const forModels = (names: readonly string[], stages: Stages): Stages => {
  const isOne = (call: Call): boolean => names.includes(call.sent?.model)
  return {
    request: (body, call) => (isOne(call) ? stages.request?.(body, call) : undefined),
    speech: (speech, call) => (isOne(call) ? stages.speech?.(speech, call) : undefined),
    answer: (answer, call) => (isOne(call) ? stages.answer?.(answer, call) : undefined),
    events: (events, call, kind) => (isOne(call) ? stages.events?.(events, call, kind) : undefined),
    wire: (wire, call, kind) => (isOne(call) ? stages.wire?.(wire, call, kind) : undefined),
  }
}

/** Models that answer on the Responses endpoint and refuse a chat in the words that users report. */
export const responsesOnly = (...models: readonly string[]): Stages =>
  forModels(
    models,
    onChatRequest((_, { sent }) =>
      errorAnswer(
        `The chatCompletion operation does not work with the specified model, ${sent.model}. Please choose different model and try again.`,
        { about: 'chat-model' },
      ),
    ),
  )

/** Members of a chat request that are read over. */
export const readsOver = (...members: readonly string[]): Stages =>
  onChatRequest((body) => {
    for (const name of members) delete body[name]
    return undefined
  })

/** A comment before the first event and between some of the others. */
export const comments = (comment: string): Stages =>
  onWire(['chat-stream'], (wire) => {
    wire.pieces = wire.pieces.flatMap((piece, index) => (index % 16 === 0 ? [Buffer.from(`${comment}\n\n`), piece] : [piece]))
  })

const counts = (events: readonly StreamEvent[]): Json => events.find(({ data }) => data.usage)?.data.usage

/** Token counts stand on the chunk that finishes, and have no chunk of their own. */
export const usageWithFinish = (put: (chunk: Json, usage: Json) => void): Stages =>
  onChatEvents((events) => {
    const usage = counts(events)
    const finish = events[finishAt(events)]
    if (!usage || !finish?.data.choices) return undefined
    const kept = events.filter(({ data }) => !data.usage)
    put(finish.data, usage)
    return kept
  })

/** Chunks without token counts do not mention them. */
export const noNullUsage: Stages = onChunk((chunk) => {
  if (chunk.usage === null) delete chunk.usage
})

/** Each chunk has the time of its own making. */
export const createdPerChunk: Stages = onChunk((chunk, index) => {
  chunk.created += Math.min(3, Math.floor(index / 2))
})

/** Ids of replies, streamed or not. */
export const idsOf = (form: (count: number) => string): Stages => {
  const formed = (id: string): string => form(Number(id.replace(/\D/g, '')))
  return {
    ...onChat((body) => {
      body.id = formed(body.id)
    }),
    ...onChunk((chunk) => {
      chunk.id = formed(chunk.id)
    }),
  }
}

/** Streams break off behind their first words with an event that says so; `done`: the sentinel follows. */
export const failingStreams = (failure: (chunk: Json) => Json, end: 'done' | 'nothing'): Stages =>
  onChatEvents((events) => {
    const shown = events.slice(0, Math.min(4, finishAt(events)))
    const sentinel = end === 'done' ? events.filter(isDone) : []
    return [...shown, { data: failure(structuredClone(events[0]?.data)) }, ...sentinel]
  })

/** A header on the answer to a chat, where the request gives a reason for it. */
export const chatHeader = (name: string, value: (call: Call) => string | undefined): Stages => {
  const kinds: readonly Kind[] = ['chat', 'chat-stream']
  return {
    answer: (answer: Answer, call) => {
      const text = kinds.includes(answer.kind) ? value(call) : undefined
      if (text !== undefined) answer.headers[name] = text
    },
  }
}
