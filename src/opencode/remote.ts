import { loadTarget } from '../target/load.ts'
import { defaultLimits } from '../target/target.ts'
import { createTransport } from '../transport/send.ts'
import { mergeDeep } from './merge.ts'
import { readAuth, type WellKnown } from './settings-auth.ts'
import { isObject, type Json, textAt, type World } from './world.ts'

/** Configuration that a host keeps for those who have logged in there. */
export interface Remote {
  /** Where it was asked for. */
  readonly file: string
  /** Absent when it could not be had; then there is a problem. */
  readonly text?: string
  readonly problem?: string
}

/** What came back for one address: JSON, or why there is none. */
type Got = { readonly json: Json } | { readonly problem: string }

export type Get = (url: string, headers: Readonly<Record<string, string>>) => Promise<Got>

const limits = { ...defaultLimits, headersMs: 5000, firstHeadersMs: 5000, idleMs: 5000, totalMs: 10_000, bodyBytes: 1024 * 1024 }

/** Asks once, without credentials but those given, for no more than a megabyte and ten seconds. */
export const createGet =
  (env: World['env'], secrets: readonly string[]): Get =>
  async (url, headers) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return { problem: 'it is no address of the web' }
    const { target } = loadTarget({ baseUrl: new URL(url).origin, auth: 'none' }, env)
    const transport = createTransport({ ...target, secrets, limits })
    try {
      const outcome = await transport.send({
        endpoint: 'GET /.well-known/opencode',
        url,
        headers: [['accept', 'application/json'], ...Object.entries(headers)],
        headersMs: limits.headersMs,
      })
      if (outcome.kind === 'failure') return { problem: `${outcome.code}: ${outcome.message}` }
      if (outcome.status < 200 || outcome.status > 299) return { problem: `HTTP ${outcome.status}` }
      if (outcome.end !== 'complete') return { problem: 'the answer did not come to its end, or is too long' }
      const json: unknown = JSON.parse(Buffer.from(outcome.body).toString('utf8'))
      return isObject(json) ? { json } : { problem: 'the answer is no JSON object' }
    } catch (error) {
      return { problem: error instanceof SyntaxError ? 'the answer is no JSON' : (error as Error).message }
    } finally {
      await transport.close()
    }
  }

/** Reads what every host keeps that somebody has logged in to; a host that does not answer is told and stops nothing. */
export const readRemotes = async (world: World, get: Get): Promise<readonly Remote[]> =>
  Promise.all(readAuth(world).wellKnown.map((entry) => readRemote(entry, get)))

const readRemote = async (entry: WellKnown, get: Get): Promise<Remote> => {
  const { file } = entry
  const found = await get(file, {})
  if ('problem' in found) return { file, ...found }
  const { config, remote_config: elsewhere } = found.json
  const own = isObject(config) ? config : {}
  if (!isObject(elsewhere)) return { file, text: JSON.stringify(own) }
  const rest = await readElsewhere(entry, elsewhere, get)
  if ('problem' in rest) return { file, text: JSON.stringify(own), ...rest }
  return { file, text: JSON.stringify(mergeDeep(own, isObject(rest.json.config) ? rest.json.config : rest.json)) }
}

/** A host may name another address; the token goes to no other host than the one that gave it, and no other variable goes anywhere. */
const readElsewhere = async ({ file, variable, token }: WellKnown, elsewhere: Json, get: Get): Promise<Got> => {
  const put = (text: string): string => text.replaceAll(`{env:${variable}}`, token)
  const url = put(textAt(elsewhere, ['url']) ?? '')
  const headers = Object.entries(isObject(elsewhere.headers) ? elsewhere.headers : {}).map(([name, value]) => [name, put(String(value))])
  if (!URL.canParse(url) || new URL(url).origin !== new URL(file).origin)
    return { problem: 'it names an address of another host, to which nothing is sent' }
  if (/\{(env|file):/.test([url, ...headers.flat()].join(' '))) return { problem: 'its address asks for more than the token of that host' }
  return get(url, Object.fromEntries(headers) as Record<string, string>)
}
