import type { Call, Json } from './exchange.ts'
import { respond } from './respond.ts'
import { newWorld, type World, type WorldOptions } from './world.ts'

/** A request without a network, for tests. */
export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** Instead of `body`: bytes as they are. */
  readonly raw?: string | Uint8Array
  readonly key?: Call['key']
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The parsed body; undefined for a stream. */
  readonly json: Json
  /** The data of the events, parsed where it is JSON. */
  readonly events: Json[]
}

export const callOf = (world: World, path: string, question: Question): Call => ({
  method: question.method ?? 'POST',
  // the addresses of Azure have no version in front
  target: path.startsWith('/openai/') ? path : `/v1${path}`,
  headers: { 'content-type': 'application/json', ...question.headers },
  body: Buffer.from(question.raw ?? JSON.stringify(question.body ?? {})),
  key: question.key ?? 'unneeded',
  presented: question.key === 'wrong' ? 'sk-wrong' : '',
  models: world.models,
  memory: world.memory,
})

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** An endpoint in process: the same answers as over HTTP, at once. */
export const asking = (options: WorldOptions = {}) => {
  const world = newWorld({ now: () => 1_770_000_000_000, ...options })
  return (path: string, question: Question = {}): Reply => {
    const wire = respond(world, callOf(world, path, question))
    const text = Buffer.concat(wire.pieces).toString('utf8')
    const streamed = wire.headers['content-type']?.startsWith('text/event-stream') === true
    const lines = streamed ? text.split('\n').filter((line) => line.startsWith('data: ')) : []
    return {
      status: wire.status,
      headers: wire.headers,
      text,
      json: streamed || text === '' ? undefined : parsed(text),
      events: lines.map((line) => parsed(line.slice(6))),
    }
  }
}
