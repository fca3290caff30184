import { isCredentialName, mayBeSecret } from '../target/target.ts'
import { modelsOf, providersOf } from './choose.ts'
import type { Settings } from './settings.ts'
import { at, isObject, textAt } from './world.ts'

/** Headers whose values anybody may see; whatever another one holds may be a secret, whatever it is called. */
const harmless = new Set([
  'content-type',
  'accept',
  'user-agent',
  'anthropic-version',
  'anthropic-beta',
  'openai-beta',
  'http-referer',
  'x-title',
])

export const isHarmlessHeader = (name: string): boolean => harmless.has(name.toLowerCase())

/** Shorter values would be found inside of innocent words. */
const shortest = 8

/** A media type or a name of the configuration: redacted on the wire, it would make an answer unreadable, and it is no secret. */
const isPublic = (value: string, names: readonly string[]): boolean =>
  /^(application|text)\/[\w.+-]+$/i.test(value) || names.some((name) => name.includes(value))

/** What keys of several vendors begin with. */
const keyForm = /^(sk|pk|rk|ak|gsk|xai|key|pat|api[-_]?key)[-_][\w.~-]{8,}$/i

/** A parameter of a query: what a gateway calls its key is its own affair, but what is shown anyway is none. */
const isSecretParameter = (name: string, value: string, names: readonly string[]): boolean =>
  isCredentialName(name) || keyForm.test(value) || (mayBeSecret(name, value) && !isPublic(value, names))

/** The password of a URL, parameters that may be a secret, and whatever has the form of a key. */
const inUrl = (given: string, names: readonly string[]): readonly string[] => {
  // where only the host or the port is wrong, the rest may hold a secret all the same
  const text = URL.canParse(given) ? given : given.trim().replace(/^(https?:\/\/(?:[^/?#@]*@)?)[^/?#]*/i, '$1h')
  if (!URL.canParse(text)) return []
  const { username, password, host, pathname, searchParams } = new URL(text)
  const plain = (part: string): string => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }
  return [
    plain(password),
    ...[plain(username), ...pathname.split('/').map(plain)].filter((part) => keyForm.test(part)),
    ...[...searchParams].filter(([name, value]) => isSecretParameter(name, value, [...names, host + pathname])).map(([, value]) => value),
  ]
}

/** Everything that must not be shown, wherever it comes from. */
export const secretsOf = (settings: Settings): readonly string[] => {
  const found: string[] = []
  const bare = (text: string): string[] => [text, text.trim(), text.trim().replace(/^(bearer|basic)\s+/i, '')]
  for (const { key } of Object.values(settings.auth.keys)) if (key !== undefined) found.push(...bare(key))
  for (const [id, provider] of Object.entries(providersOf(settings))) {
    const models = modelsOf(provider)
    const names = [id, ...Object.entries(models).flatMap(([key, model]) => [key, textAt(model, ['id']) ?? ''])]
    const key = textAt(provider, ['options', 'apiKey'])
    if (key !== undefined) found.push(...bare(key))
    const holders = [at(provider, ['options', 'headers']), ...Object.values(models).map((model) => at(model, ['headers']))]
    for (const holder of holders)
      if (isObject(holder))
        for (const [name, value] of Object.entries(holder))
          if (typeof value === 'string' && isSecretHeader(name, value.trim(), names)) found.push(...bare(value))
    const query = at(provider, ['options', 'queryParams'])
    for (const [name, value] of Object.entries(isObject(query) ? query : {}))
      if (typeof value === 'string' && isSecretParameter(name, value, names)) found.push(...bare(value))
    const urls = [provider, ...Object.values(models).map((model) => at(model, ['provider']))].flatMap((holder) => [
      textAt(holder, ['options', 'baseURL']),
      textAt(holder, ['api']),
    ])
    // as OpenCode expands them
    for (const url of urls)
      found.push(
        ...inUrl(
          (url ?? '').replace(/\$\{([^}]+)\}/g, (token, name: string) => settings.env[name] ?? token),
          names,
        ),
      )
    const variables = at(provider, ['env'])
    for (const name of Array.isArray(variables) ? variables : []) found.push(...bare(settings.env[String(name)] ?? ''))
  }
  for (const { substitutions } of settings.sources)
    for (const { name, value } of substitutions) if (isCredentialName(name)) found.push(...bare(value))
  for (const [name, value] of Object.entries(settings.env))
    if (value !== undefined && /(_API_KEY|_TOKEN|_SECRET)$/i.test(name)) found.push(...bare(value))
  return [...new Set(found)].filter((secret) => secret.length > 3)
}

const isSecretHeader = (name: string, value: string, names: readonly string[]): boolean =>
  isCredentialName(name) || (!isHarmlessHeader(name) && value.length >= shortest && !isPublic(value, names))
