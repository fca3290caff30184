import { readFileSync } from 'node:fs'
import type { Trait } from '../types.ts'
import { checkBaseUrl, isLoopback } from './base-url.ts'
import { type KeySource, readKey } from './secrets.ts'
import { type AuthScheme, defaultLimits, type Target } from './target.ts'

/** What a command line or a configuration file says of a target. Everything but the URL may be left out. */
export interface TargetInput {
  readonly name?: string
  readonly baseUrl: string
  readonly model?: string
  readonly apiKey?: KeySource
  readonly auth?: AuthScheme
  readonly declares?: readonly string[]
  readonly traits?: readonly Trait[]
  readonly headers?: Readonly<Record<string, string>>
  /** Header name to the environment variable that holds its value. */
  readonly headerEnv?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly caFile?: string
  readonly clientCert?: string
  readonly clientKey?: string
  readonly insecure?: boolean
  readonly jobs?: number
  readonly rps?: number
  readonly timeoutHeadersMs?: number
  readonly timeoutIdleMs?: number
  readonly timeoutTotalMs?: number
}

export interface LoadedTarget {
  readonly target: Target
  /** What must be said before the first request. */
  readonly notes: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const defaultJobs = 4

/**
 * Binds a target. The model may still be unknown: then it is the empty string, and the caller asks the endpoint.
 * @throws BaseUrlError, KeyError, or an error of the file system for certificates
 */
export const loadTarget = (input: TargetInput, environment: Environment): LoadedTarget => {
  const baseUrl = checkBaseUrl(input.baseUrl)
  const auth = input.auth ?? 'bearer'
  const source = auth === 'none' ? undefined : (input.apiKey ?? defaultKey(baseUrl, environment))
  const key = source === undefined ? undefined : readKey(source, environment)
  const secretHeaders = Object.entries(input.headerEnv ?? {}).map(([name, variable]) => [name, readKey({ env: variable }, environment).value] as const)
  const proxy = isLoopback(baseUrl) ? undefined : proxyFor(new URL(baseUrl), environment)
  const { username, password } = new URL(baseUrl)
  const notes = [
    ...(key?.notes ?? []),
    ...(key === undefined && auth !== 'none' ? [`no key: requests go without credentials (name one with --api-key-env)`] : []),
    ...(input.insecure ? ['certificates are not checked (--insecure)'] : []),
  ]
  return {
    notes,
    target: {
      name: input.name ?? new URL(baseUrl).host,
      baseUrl,
      auth,
      ...(key === undefined ? {} : { key: key.value }),
      models: { chat: input.model ?? '' },
      declares: input.declares ?? [],
      traits: input.traits ?? [],
      headers: [...Object.entries(input.headers ?? {}), ...secretHeaders],
      query: Object.entries(input.query ?? {}),
      network: {
        ...(proxy === undefined ? {} : { proxy }),
        ...(input.caFile === undefined ? {} : { ca: readFileSync(input.caFile, 'utf8') }),
        ...(input.clientCert === undefined ? {} : { cert: readFileSync(input.clientCert, 'utf8') }),
        ...(input.clientKey === undefined ? {} : { clientKey: readFileSync(input.clientKey, 'utf8') }),
        insecure: input.insecure ?? false,
      },
      limits: {
        ...defaultLimits,
        ...(input.timeoutHeadersMs === undefined ? {} : { headersMs: input.timeoutHeadersMs, firstHeadersMs: input.timeoutHeadersMs }),
        ...(input.timeoutIdleMs === undefined ? {} : { idleMs: input.timeoutIdleMs }),
        ...(input.timeoutTotalMs === undefined ? {} : { totalMs: input.timeoutTotalMs }),
      },
      jobs: input.jobs ?? defaultJobs,
      rps: input.rps ?? 0,
      secrets: [key?.value ?? '', ...secretHeaders.map(([, value]) => value), username, password].filter((secret) => secret !== ''),
    },
  }
}

/** OpenAI's key goes to OpenAI, or where OPENAI_BASE_URL says; every other endpoint needs a key that is meant for it. */
const defaultKey = (baseUrl: string, environment: Environment): KeySource | undefined => {
  if (environment.WIRECHECK_API_KEY !== undefined) return { env: 'WIRECHECK_API_KEY' }
  if (environment.OPENAI_API_KEY === undefined) return undefined
  const own = environment.OPENAI_BASE_URL
  const meant = new URL(baseUrl).hostname === 'api.openai.com' || (own !== undefined && own !== '' && sameOrigin(own, baseUrl))
  return meant ? { env: 'OPENAI_API_KEY' } : undefined
}

const sameOrigin = (one: string, other: string): boolean => URL.canParse(one) && new URL(one).origin === new URL(other).origin

/** The conventions of curl: lower case wins, NO_PROXY lists host suffixes or `*`. */
const proxyFor = ({ protocol, hostname }: URL, environment: Environment): string | undefined => {
  const value = (name: string) => environment[name.toLowerCase()] ?? environment[name]
  const excluded = (value('NO_PROXY') ?? '').split(',').map((entry) => entry.trim().replace(/^\*?\./, ''))
  if (excluded.some((entry) => entry === '*' || (entry !== '' && (hostname === entry || hostname.endsWith(`.${entry}`))))) return undefined
  return (protocol === 'https:' ? value('HTTPS_PROXY') : value('HTTP_PROXY')) || undefined
}
