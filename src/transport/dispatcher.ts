import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { Target } from '../target/target.ts'

/**
 * How connections to a target are made. Certificates are checked unless the target says `insecure`.
 * Timers are those of the caller: undici's 300 s would end a slow local model. HTTP/2 is another protocol than the one tested.
 */
export const connectionOptions = ({ network, limits }: Target) => {
  const tls = {
    rejectUnauthorized: !network.insecure,
    ...(network.ca === undefined ? {} : { ca: network.ca }),
    ...(network.cert === undefined ? {} : { cert: network.cert }),
    ...(network.clientKey === undefined ? {} : { key: network.clientKey }),
  }
  return {
    tls,
    connect: { ...tls, timeout: 30_000 },
    pool: { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, allowH2: false, maxHeaderSize: limits.headerBytes },
  }
}

/**
 * Connections to a target, through its proxy where it has one.
 * @param connections at most so many at a time; absent: as many as there are requests
 */
export const createDispatcher = (target: Target, connections?: number): Dispatcher => {
  const { tls, connect, pool } = connectionOptions(target)
  const options = { ...pool, ...(connections === undefined ? {} : { connections }) }
  const { proxy } = target.network
  return proxy === undefined
    ? new Agent({ ...options, autoSelectFamily: true, connect })
    : new ProxyAgent({
        ...options,
        uri: proxy,
        requestTls: tls,
        // RFC 9112 section 3.2.2: plain http goes through a proxy in absolute form; a tunnel is for https
        proxyTunnel: false,
        factory: (origin, own) => new Pool(origin, { ...options, ...own }),
      })
}
