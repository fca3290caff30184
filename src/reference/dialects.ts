import { anthropic } from './dialects/anthropic.ts'
import { azure } from './dialects/azure.ts'
import { ccx } from './dialects/ccx.ts'
import { deepseek } from './dialects/deepseek.ts'
import type { Dialect } from './dialects/dialect.ts'
import { gateway } from './dialects/gateway.ts'
import { glm } from './dialects/glm.ts'
import { gravitex } from './dialects/gravitex.ts'
import { kimi } from './dialects/kimi.ts'
import { litellm } from './dialects/litellm.ts'
import { llamaCpp } from './dialects/llama-cpp.ts'
import { lmstudio } from './dialects/lmstudio.ts'
import { minimax } from './dialects/minimax.ts'
import { mixroute } from './dialects/mixroute.ts'
import { ollama } from './dialects/ollama.ts'
import { openai } from './dialects/openai.ts'
import { openrouter } from './dialects/openrouter.ts'
import { qwen } from './dialects/qwen.ts'
import { sglang } from './dialects/sglang.ts'
import { tgi } from './dialects/tgi.ts'
import { vllm } from './dialects/vllm.ts'
import { xerotier } from './dialects/xerotier.ts'

/** The systems that people connect their clients to, as far as their guides and reports tell. */
export const dialects: readonly Dialect[] = [
  gravitex,
  mixroute,
  xerotier,
  ccx,
  openai,
  azure,
  anthropic,
  deepseek,
  glm,
  minimax,
  kimi,
  qwen,
  vllm,
  tgi,
  lmstudio,
  ollama,
  llamaCpp,
  sglang,
  litellm,
  openrouter,
  gateway,
]

/** A dialect by name; an unknown name is an error, since the plain endpoint would be taken for it. */
export const findDialect = (name: string): Dialect => {
  const found = dialects.find((dialect) => dialect.name === name)
  if (!found) throw new Error(`There is no dialect named '${name}'.`)
  return found
}
