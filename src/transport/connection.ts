import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type Dispatcher } from 'undici'
import type { Target } from '../target/target.ts'
import type { Connection, Response, TransportFailure } from '../types.ts'
import type { Outgoing, Transport } from './send.ts'

/** One connection at a time, for requests one after the other. */
export interface Lone extends Pick<Transport, 'send' | 'close'> {
  /** What became of the connection between the last request and the one before it. */
  readonly connection: () => Connection
}

type Send = (dispatcher: Dispatcher, target: Target, outgoing: Outgoing, signal?: AbortSignal) => Promise<Response | TransportFailure>

/** An endpoint that hangs up does so right behind its answer; this long its notice may travel before the next request. */
const noticeMs = 150

/**
 * A connection of its own that tells whether it was kept. RFC 9112 section 9.3: it persists unless an answer says
 * otherwise, by `Connection: close` or by being HTTP/1.0; undici then resets the connection itself.
 */
export const createLone = (target: Target, options: Client.Options & { connections?: number }, send: Send): Lone => {
  const { connections: _, ...own } = options
  const client = new Client(new URL(target.baseUrl).origin, { ...own, autoSelectFamily: true })
  let opened = 0
  let before: number | undefined
  let ended: 'closed' | 'dropped' = 'closed'
  let connection: Connection = 'first'
  client.on('connect', () => {
    opened++
  })
  client.on('disconnect', (_origin, _targets, error) => {
    ended = error.code === 'UND_ERR_INFO' ? 'closed' : 'dropped'
  })
  return {
    connection: () => connection,
    close: () => client.destroy(),
    send: async (outgoing, signal) => {
      if (before !== undefined) await sleep(noticeMs)
      const outcome = await send(client, target, outgoing, signal)
      connection = before === undefined ? 'first' : opened === before ? 'kept' : ended
      before = opened
      return outcome
    },
  }
}
