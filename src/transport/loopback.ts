import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { loadTarget, type TargetInput } from '../target/load.ts'
import type { Limits, Target } from '../target/target.ts'

/** A server for tests on a free port of loopback. */
export interface Loopback {
  readonly port: number
  readonly url: string
  /** Ends the server and every connection that is still open. */
  readonly close: () => Promise<void>
}

const start = async (server: Server): Promise<Loopback> => {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  return { port, url: `http://127.0.0.1:${port}/v1`, close }
}

export const listenHttp = (handler: RequestListener): Promise<Loopback> => start(createServer(handler))

/** For answers that no HTTP library would send: `talk` gets every request head. */
export const listenTcp = (talk: (socket: Socket, head: string) => void): Promise<Loopback> =>
  start(
    createTcpServer((socket) => {
      let head = ''
      socket.on('data', (bytes) => {
        head += bytes.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        talk(socket, head.slice(0, end))
        head = ''
      })
    }),
  )

/** A target, without a key unless one is given, and with limits as small as a test wants them. */
export const targetOf = (
  baseUrl: string,
  { limits = {}, key, ...input }: Partial<TargetInput> & { limits?: Partial<Limits>; key?: string } = {},
): Target => {
  const { target } = loadTarget(
    { baseUrl, model: 'm', jobs: 2, ...(key === undefined ? { auth: 'none' as const } : { apiKey: { env: 'KEY' } }), ...input },
    { KEY: key },
  )
  return { ...target, limits: { ...target.limits, ...limits } }
}
