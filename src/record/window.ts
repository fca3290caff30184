import type { JsonObject } from '../types.ts'

/** Where servers publish how much a model takes, the most exact member first. */
const members = [
  'max_model_len', // vLLM, SGLang
  'context_length', // OpenRouter, Together
  'context_window', // Groq
  'max_context_length', // Mistral, LM Studio
  'max_input_tokens', // LiteLLM
  'n_ctx', // llama.cpp
  'n_ctx_train',
] as const

/** The context window that a list of models tells of one of them. */
export const windowOf = (list: unknown, model: unknown): number | undefined => {
  const { data } = (list ?? {}) as { data?: unknown }
  const own = Array.isArray(data) ? data.find((entry: JsonObject | null) => entry?.id === model) : undefined
  const meta = (own as JsonObject | undefined)?.meta
  for (const holder of [own, meta] as (JsonObject | null | undefined)[]) {
    for (const name of members) {
      const value = typeof holder === 'object' ? holder?.[name] : undefined
      if (Number.isInteger(value) && (value as number) > 0) return value as number
    }
  }
  return undefined
}
