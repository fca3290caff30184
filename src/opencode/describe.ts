import { relative } from 'node:path'
import { mayBeSecret } from '../target/target.ts'
import { redactText } from '../transport/redact.ts'
import type { Api } from './packages.ts'
import type { Effective, Fact } from './resolve.ts'
import { isHarmlessHeader } from './secrets.ts'
import type { World } from './world.ts'

/** A row of what OpenCode would use: what it is, its value, and where that comes from. Never a secret. */
export interface Row {
  readonly name: string
  readonly value: string
  readonly from?: string
}

const apiNames: Readonly<Record<Api, string>> = {
  chat: 'Chat Completions',
  responses: 'Responses API',
  messages: 'Messages API',
  own: 'a protocol of its own',
}

/** A secret, described: where it comes from and how long it is. */
export const describeSecret = (fact: Fact<string> | undefined): string => {
  if (!fact) return 'not set'
  const [how = ''] = fact.from.split(', ')
  return `set (${how}, ${fact.value.length} chars)`
}

/** Paths as people write them: relative below the working folder, with `~` below the home folder. */
export const createShortener = ({ cwd, home }: Pick<World, 'cwd' | 'home'>): ((text: string) => string) => {
  const prefix = (folder: string) => (folder.endsWith('/') ? folder : `${folder}/`)
  return (text) => {
    if (text.startsWith(prefix(cwd))) return relative(cwd, text)
    return text.startsWith(prefix(home)) ? `~/${text.slice(prefix(home).length)}` : text
  }
}

/** User and password of a URL, and values of parameters that may be a secret; a path that was appended to the last one is none. */
export const masked = (url: string): string =>
  url
    .replace(/\/\/[^/@]*@/, '//…@')
    .replace(/([?&])([^=&]+)=([^&]*)/g, (pair, mark: string, name: string, value: string) =>
      mayBeSecret(name, value.replace(/\/(chat\/completions|responses|messages)$/, '')) ? `${mark}${name}=…` : pair,
    )

const limits = ({ context, output, maxTokens }: Effective): Row => {
  const places = [...new Set([context, output].flatMap((fact) => fact?.from ?? []))]
  return {
    name: 'limits',
    value: `context ${context?.value || 'not set, so nothing is compacted'}, output ${output?.value || 'not set'}; every request asks for ${maxTokens} tokens`,
    ...(places.length > 0 ? { from: places.join(', ') } : {}),
  }
}

/** What OpenCode would use for a model, without the secrets that are known. */
export const describeEffective = (effective: Effective, secrets: readonly string[]): readonly Row[] =>
  rowsOf(effective).map((row) => ({
    ...row,
    value: redactText(row.value, secrets),
    ...(row.from === undefined ? {} : { from: redactText(row.from, secrets) }),
  }))

const rowsOf = (effective: Effective): readonly Row[] => {
  const { npm, api, url, baseUrl, key, headers, wireId, timeouts } = effective
  return [
    { name: 'package', value: `${npm.value}, ${apiNames[api]}`, from: npm.from },
    { name: 'url', value: url === undefined ? 'none' : `POST ${masked(url)}`, ...(baseUrl ? { from: baseUrl.from } : {}) },
    { name: 'key', value: describeSecret(key), ...(key ? { from: key.from.split(', ').at(-1) ?? '' } : {}) },
    ...headers.map(({ name, value, from }) => ({
      name: 'header',
      value: `${name}: ${isHarmlessHeader(name) ? value : `set (${value.length} chars${/^bearer\s/i.test(value) ? ', with Bearer' : ''})`}`,
      from,
    })),
    { name: 'model', value: wireId.value, from: wireId.from },
    limits(effective),
    ...timeouts.map(({ name, value, from }) => ({ name: 'timeout', value: `${name} ${value}`, from })),
  ]
}
