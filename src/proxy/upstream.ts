import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { Target } from '../target/target.ts'

/**
 * Connections to the upstream, as many as the clients have requests under way. No time limit is ours: a client that
 * waits is to wait as it would without the proxy.
 */
export const createUpstream = ({ network, limits }: Target): Dispatcher => {
  const tls = {
    rejectUnauthorized: !network.insecure,
    ...(network.ca === undefined ? {} : { ca: network.ca }),
    ...(network.cert === undefined ? {} : { cert: network.cert }),
    ...(network.clientKey === undefined ? {} : { key: network.clientKey }),
  }
  const options = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0, allowH2: false, maxHeaderSize: limits.headerBytes }
  return network.proxy === undefined
    ? new Agent({ ...options, autoSelectFamily: true, connect: { ...tls, timeout: 30_000 } })
    : new ProxyAgent({
        ...options,
        uri: network.proxy,
        requestTls: tls,
        // RFC 9112 section 3.2.2: plain http goes through a proxy in absolute form; a tunnel is for https
        proxyTunnel: false,
        factory: (origin, own) => new Pool(origin, { ...options, ...own }),
      })
}
