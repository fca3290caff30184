import { asAzure } from './azure.ts'
import type { Answer, Call, StreamEvent, Wire } from './exchange.ts'
import { asMessages } from './messages.ts'
import { errorAnswer, Refusal } from './refusal.ts'
import { route } from './routes.ts'
import { nextId, speakingMs, type World } from './world.ts'

/** WHATWG HTML, event streams: fields, then a blank line. */
const eventText = ({ event, data }: StreamEvent): string => {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`
}

const answered = (world: World, call: Call): Answer => {
  try {
    for (const bend of world.bends) {
      const bent = bend.call?.(call)
      if (bent) return bent
    }
    return route(world, call)
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(error.message, error.details)
    return errorAnswer('The server had an error while processing your request.', { status: 500, type: 'server_error', about: 'server' })
  }
}

const written = (answer: Answer, waitMs: number): Wire => {
  const { events, body } = answer
  const text = body === undefined ? [] : [typeof body === 'string' ? body : JSON.stringify(body)]
  const pieces = (events?.map(eventText) ?? text).map((piece) => Buffer.from(piece))
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const framing: Record<string, string> = events || answer.status === 204 ? {} : { 'content-length': String(length) }
  return { status: answer.status, headers: { ...answer.headers, ...framing }, pieces, waitMs, holdMs: 0, end: 'end' }
}

/** One request, one answer: data first, bytes last, and every bend at its stage in between. */
export const respond = (world: World, call: Call): Wire => {
  const answer = asAzure(world, call, asMessages(world, call, answered(world, call)))
  const stream = answer.events !== undefined
  answer.headers = {
    'x-request-id': nextId(world, 'req_'),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-request-id',
    ...(stream
      ? { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' }
      : answer.status === 204
        ? {}
        : { 'content-type': 'application/json' }),
    ...answer.headers,
  }
  for (const bend of world.bends) bend.answer?.(answer, call)
  for (const bend of world.bends) if (answer.events) answer.events = bend.events?.(answer.events, call, answer.kind) ?? answer.events
  const waitMs = answer.status >= 400 || (!stream && answer.tokens === 0) ? 0 : stream ? world.latencyMs : speakingMs(world, answer.tokens)
  const wire = written(answer, waitMs)
  for (const bend of world.bends) bend.wire?.(wire, call, answer.kind)
  return wire
}
