import { setMaxListeners } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { type Target, toRecord } from '../target/target.ts'
import { makeFolder } from '../transcript/make-folder.ts'
import { createTranscriptWriter } from '../transcript/write.ts'
import { createDispatcher } from '../transport/dispatcher.ts'
import { portTrouble } from '../transport/port-trouble.ts'
import type { Exchange } from '../types.ts'
import { addressOf } from './address.ts'
import { forward } from './forward.ts'
import { withoutQueryValues } from './query.ts'
import { createSecrets } from './secrets.ts'
import { ProxyError } from './trouble.ts'

export interface ProxyInput {
  /** The upstream; its key, if it has one, is only looked for in what is recorded. The clients send their own. */
  readonly target: Target
  /** The transcript to write; its folder is made, and the file must not be there. */
  readonly file: string
  /** Version of the tool and digests of the suites, for the header of the transcript. */
  readonly tool: string
  readonly suites: Readonly<Record<string, string>>
  /** 0: any free port. */
  readonly port?: number
  /** Called when an exchange is on disk. */
  readonly onExchange?: (exchange: Exchange) => void
  /** The transcript cannot be written any more, or `onExchange` threw; traffic is forwarded all the same. */
  readonly onTrouble?: (error: Error) => void
}

export interface RecordingProxy {
  /** What stands in place of the upstream's base URL. */
  readonly url: string
  readonly port: number
  /** Exchanges recorded so far. */
  readonly exchanges: () => number
  /** What was seen of credentials: nothing of it may be shown. */
  readonly secrets: () => readonly string[]
  /** Ends what is under way, completes the transcript and lets go of the port. */
  readonly close: () => Promise<void>
}

/**
 * Listens on loopback and forwards everything to the upstream, byte for byte, while it records a transcript: appended
 * as exchanges end, in the order in which they end.
 * @throws ProxyError when the port cannot be had or the file is there already; Error of the file system
 */
export const startProxy = async (input: ProxyInput): Promise<RecordingProxy> => {
  const { target, file, tool, suites, port = 0, onExchange, onTrouble } = input
  const stopping = new AbortController()
  // one for each exchange under way
  setMaxListeners(0, stopping.signal)
  const secrets = createSecrets(target.secrets)
  const startedAt = performance.now()
  const address = addressOf(target.baseUrl, target.query)
  // as many connections as the clients have requests under way, and no time limit of ours: they wait as they would without us
  const upstream = createDispatcher(target)
  const context = { upstream, address, limits: target.limits, secrets, startedAt, signal: stopping.signal }
  const underWay = new Set<Promise<void>>()
  let count = 0
  let recorded = 0
  let broken = false

  const server = createServer({ maxHeaderSize: target.limits.headerBytes, requestTimeout: 0 }, (incoming, reply) => {
    const done = forward(incoming, reply, ++count, context).then(keep)
    underWay.add(done)
    void done.finally(() => underWay.delete(done))
  })
  // no limit of ours may end what a client would wait for
  server.timeout = 0
  server.maxHeadersCount = 0
  await listen(server, port).catch(async (error: Error) => {
    await upstream.destroy()
    throw error
  })
  const writer = await Promise.resolve()
    .then(() => {
      claim(file)
      return createTranscriptWriter(file)
    })
    .catch(async (error: Error) => {
      server.close()
      server.closeAllConnections()
      await upstream.destroy()
      throw error
    })
  const write = (record: Parameters<typeof writer.write>[0]) => {
    if (broken) return
    try {
      writer.write(record)
    } catch (error) {
      broken = true
      onTrouble?.(error as Error)
    }
  }
  const keep = (exchange: Exchange) => {
    write(exchange)
    if (broken) return
    recorded++
    try {
      onExchange?.(exchange)
    } catch (error) {
      onTrouble?.(error as Error)
    }
  }
  const shown = toRecord(target)
  // which models are asked for is the clients' affair
  write({
    kind: 'header',
    format: 1,
    tool,
    target: { ...shown, url: withoutQueryValues(shown.url), models: {} },
    suites,
    plan: [],
    startedAt: new Date().toISOString(),
  })
  if (target.traits.length > 0) write({ kind: 'traits', traits: target.traits.map((name) => ({ name, how: 'declared' })) })

  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}${address.base}`,
    port: own,
    exchanges: () => recorded,
    secrets: secrets.known,
    close: async () => {
      if (stopping.signal.aborted) return
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      stopping.abort()
      await Promise.all(underWay)
      server.closeAllConnections()
      await Promise.all([closed, upstream.destroy()])
      write({ kind: 'footer', exchanges: recorded, skipped: {}, durationMs: Math.round(performance.now() - startedAt) })
      writer.close()
    },
  }
}

/** Makes the file, so that nothing that was recorded before is lost: between a look and an opening another could make it. */
const claim = (file: string): void => {
  makeFolder(dirname(file))
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new ProxyError('FileExists', `${file} exists already, and nothing of it is overwritten; name another file with --transcript`)
  }
}

/** Loopback only: whoever can connect can read what is recorded. */
const listen = (server: ReturnType<typeof createServer>, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(new ProxyError(error.code === 'EADDRINUSE' ? 'PortInUse' : 'CannotListen', portTrouble(error, port)))
    server.once('error', refuse)
    try {
      server.listen(port, '127.0.0.1', resolve)
    } catch (error) {
      // what is no port at all is thrown
      refuse(error as Error)
    }
  })
