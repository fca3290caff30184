import { readFileSync } from 'node:fs'
import type { Trait } from '../types.ts'
import { checkBaseUrl, isLoopback } from './base-url.ts'
import { proxyFor } from './proxy.ts'
import { type KeySource, readHeader, readKey } from './secrets.ts'
import { type AuthScheme, defaultLimits, isCredentialName, isPlainWord, mayBeSecret, type Target } from './target.ts'

/** What a command line or a configuration file says of a target. Everything but the URL may be left out. */
export interface TargetInput {
  readonly name?: string
  readonly baseUrl: string
  readonly model?: string
  /** The model for embeddings, where it is another one. */
  readonly embeddingModel?: string
  readonly apiKey?: KeySource
  readonly auth?: AuthScheme
  readonly declares?: readonly string[]
  readonly contextWindow?: number
  readonly blockedPrompt?: string
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
  readonly simulated?: boolean
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
  const { baseUrl, user } = splitUser(checkBaseUrl(input.baseUrl))
  const auth = input.auth ?? 'bearer'
  const source = auth === 'none' ? undefined : (input.apiKey ?? defaultKey(baseUrl, environment))
  const key = source === undefined ? undefined : readKey(source, environment)
  const secretHeaders = Object.entries(input.headerEnv ?? {}).map(([name, variable]) => [name, readHeader(variable, environment)] as const)
  const headers = Object.entries(input.headers ?? {})
  const query = Object.entries(input.query ?? {})
  const proxy = isLoopback(baseUrl) ? undefined : proxyFor(new URL(baseUrl), environment)
  const notes = [
    ...(key?.notes ?? []),
    ...(key === undefined && auth !== 'none' && !user ? ['no key: requests go without credentials (name one with --api-key-env)'] : []),
    ...(user && key && auth === 'bearer' ? ['the user and password of the base URL are not sent, because there is a key'] : []),
    ...(lacksVersion(baseUrl, query)
      ? ['the base URL names a deployment of Azure, but no version: add --query api-version=2024-10-21']
      : []),
    ...(input.insecure ? ['certificates are not checked (--insecure)'] : []),
  ]
  const secrets = [
    key?.value ?? '',
    ...(user?.secrets ?? []),
    ...(proxy?.secrets ?? []),
    ...secretHeaders.map(([, value]) => value),
    ...headers.filter(([name]) => isCredentialName(name)).map(([, value]) => value),
    ...[...query, ...new URL(baseUrl).searchParams]
      .filter(([name, value]) => isCredentialName(name) || (mayBeSecret(name, value) && !isPlainWord(value) && !isShown(value, input)))
      .map(([, value]) => value),
  ]
  return {
    notes,
    target: {
      name: input.name ?? new URL(baseUrl).host,
      baseUrl,
      auth,
      ...(key === undefined ? {} : { key: key.value }),
      ...(user === undefined ? {} : { basic: user.basic }),
      models: { chat: input.model ?? '', ...(input.embeddingModel ? { embeddings: input.embeddingModel } : {}) },
      declares: input.declares ?? [],
      ...(input.contextWindow === undefined ? {} : { contextWindow: input.contextWindow }),
      ...(input.blockedPrompt === undefined ? {} : { blockedPrompt: input.blockedPrompt }),
      traits: input.traits ?? [],
      headers: [...headers, ...secretHeaders],
      query,
      network: {
        ...(proxy === undefined ? {} : { proxy: proxy.uri }),
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
      jobs: Math.max(1, input.jobs ?? defaultJobs),
      rps: input.rps ?? 0,
      simulated: input.simulated ?? false,
      secrets: [...new Set(secrets)].filter((secret) => secret !== ''),
    },
  }
}

/** What stands in the address or names a model is known to everybody; to replace it in answers would spoil them. */
const isShown = (value: string, { baseUrl, model = '', embeddingModel = '' }: TargetInput): boolean =>
  [(baseUrl.split('?')[0] ?? '').replace(/\/\/[^/]*@/, '//'), model, embeddingModel].some((text) => text.includes(value))

/** Azure answers 404 to every request at a deployment that names no version. */
const lacksVersion = (baseUrl: string, query: readonly (readonly [string, string])[]): boolean => {
  const { pathname, searchParams } = new URL(baseUrl)
  return (
    /\/openai\/deployments\/[^/]+$/.test(pathname) && !searchParams.has('api-version') && !query.some(([name]) => name === 'api-version')
  )
}

/** User and password leave the URL, so that no message, report or record can show them. */
const splitUser = (given: string): { baseUrl: string; user?: { basic: string; secrets: readonly string[] } } => {
  const url = new URL(given)
  if (url.username === '' && url.password === '') return { baseUrl: given }
  const parts = [url.username, url.password].map(decode)
  const basic = Buffer.from(parts.join(':')).toString('base64')
  const secrets = [...parts, url.username, url.password, basic]
  url.username = ''
  url.password = ''
  return { baseUrl: checkBaseUrl(url.href), user: { basic, secrets } }
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** OpenAI's key goes to OpenAI, or where OPENAI_BASE_URL says; every other endpoint needs a key that is meant for it. */
const defaultKey = (baseUrl: string, environment: Environment): KeySource | undefined => {
  // an empty variable is an unset one
  if (environment.WIRECHECK_API_KEY) return { env: 'WIRECHECK_API_KEY' }
  if (!environment.OPENAI_API_KEY) return undefined
  const places = ['https://api.openai.com', environment.OPENAI_BASE_URL ?? '']
  return places.some((place) => URL.canParse(place) && new URL(place).origin === new URL(baseUrl).origin)
    ? { env: 'OPENAI_API_KEY' }
    : undefined
}
