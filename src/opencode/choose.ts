import { suggest } from '../suite/suggest.ts'
import type { Settings } from './settings.ts'
import { at, isObject, type Json, textAt } from './world.ts'

/** Why no model can be resolved, in a sentence with the way out. */
export class UnknownModel extends Error {}

/** Providers of the public catalogue of models need no entry in the configuration. */
export const catalogue =
  /^(openai|anthropic|google|opencode|github-copilot|azure|amazon-bedrock|groq|mistral|xai|deepseek|openrouter|togetherai|cerebras|fireworks-ai|moonshotai|zai|zhipuai|alibaba|huggingface|nvidia|vercel|perplexity|cohere|ollama-cloud|lmstudio|deepinfra|v0|venice|gitlab|google-vertex|google-vertex-anthropic)$/

/** Splits `provider/model` at the first slash, as OpenCode does. */
export const splitName = (name: string): readonly [provider: string, model: string] => {
  const slash = name.indexOf('/')
  return slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)]
}

export const providersOf = ({ value }: Settings): Json => {
  const found = at(value, ['provider'])
  return isObject(found) ? found : {}
}

export const modelsOf = (provider: unknown): Json => {
  const found = at(provider, ['models'])
  return isObject(found) ? found : {}
}

export const isDisabled = ({ value }: Settings, provider: string): boolean => {
  const disabled = value.disabled_providers
  const enabled = value.enabled_providers
  return (Array.isArray(disabled) && disabled.includes(provider)) || (Array.isArray(enabled) && !enabled.includes(provider))
}

/**
 * The model that is meant: the one named, else `model` of the configuration, else the first of a provider that is not disabled.
 * @throws UnknownModel
 */
export const chooseModel = (settings: Settings, asked: string | undefined): { readonly provider: string; readonly model: string } => {
  const providers = providersOf(settings)
  const name = asked ?? textAt(settings.value, ['model'])
  if (name === undefined) {
    for (const [provider, value] of Object.entries(providers)) {
      const [model] = Object.keys(modelsOf(value))
      if (model !== undefined && !isDisabled(settings, provider)) return { provider, model }
    }
    throw new UnknownModel('no provider with a model is configured')
  }
  const [provider, model] = splitName(name)
  if (provider === '') throw new UnknownModel(`${JSON.stringify(name)} names no model; a model is named as provider/model`)
  const found = Object.hasOwn(providers, provider) ? providers[provider] : undefined
  if (catalogue.test(provider) && model !== '' && !Object.hasOwn(modelsOf(found), model)) return { provider, model }
  if (found === undefined) {
    const names = Object.entries(providers).flatMap(([id, value]) => Object.keys(modelsOf(value)).map((key) => `${id}/${key}`))
    const near = suggest(provider, Object.keys(providers)) || suggest(name, names)
    const known = Object.keys(providers)
    throw new UnknownModel(
      `there is no provider "${provider}" in the configuration${near}${known.length > 0 ? `\nthere are ${known.join(', ')}` : ''}`,
    )
  }
  const models = modelsOf(found)
  if (model === '' && asked !== undefined) {
    const [first] = Object.keys(models)
    if (first !== undefined) return { provider, model: first }
  }
  if (!Object.hasOwn(models, model)) {
    const known = Object.keys(models).map((key) => `${provider}/${key}`)
    const near = suggest(`${provider}/${model}`, known)
    throw new UnknownModel(
      `provider "${provider}" has no model "${model}"${near}${known.length > 0 ? `\nthere are ${known.slice(0, 20).join(', ')}` : ''}`,
    )
  }
  return { provider, model }
}
