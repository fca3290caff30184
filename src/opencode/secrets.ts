import { isCredentialName } from '../target/target.ts'
import { modelsOf, providersOf } from './choose.ts'
import type { Settings } from './settings.ts'
import { at, isObject, textAt } from './world.ts'

/** Everything that must not be shown, wherever it comes from. */
export const secretsOf = (settings: Settings): readonly string[] => {
  const found: string[] = []
  const bare = (text: string): string[] => [text, text.trim(), text.trim().replace(/^(bearer|basic)\s+/i, '')]
  for (const { key } of Object.values(settings.auth.keys)) if (key !== undefined) found.push(...bare(key))
  for (const [, provider] of Object.entries(providersOf(settings))) {
    const key = textAt(provider, ['options', 'apiKey'])
    if (key !== undefined) found.push(...bare(key))
    const holders = [at(provider, ['options', 'headers']), ...Object.values(modelsOf(provider)).map((model) => at(model, ['headers']))]
    for (const holder of holders)
      if (isObject(holder))
        for (const [name, value] of Object.entries(holder))
          if (isCredentialName(name) && typeof value === 'string') found.push(...bare(value))
    const names = at(provider, ['env'])
    for (const name of Array.isArray(names) ? names : []) found.push(...bare(settings.env[String(name)] ?? ''))
  }
  for (const { substitutions } of settings.sources)
    for (const { name, value } of substitutions) if (isCredentialName(name)) found.push(...bare(value))
  for (const [name, value] of Object.entries(settings.env))
    if (value !== undefined && /(_API_KEY|_TOKEN|_SECRET)$/i.test(name)) found.push(...bare(value))
  return [...new Set(found)].filter((secret) => secret.length > 3)
}
