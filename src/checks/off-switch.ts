import type { JsonObject } from '../types.ts'
import { asObject } from './read.ts'

/** The off switches of the dialects: OpenAI, DeepSeek and its like, Qwen, templates of self-hosted servers, OpenRouter. */
export const isSwitchedOff = (request: JsonObject): boolean => {
  const template = asObject(request.chat_template_kwargs)
  const reasoning = asObject(request.reasoning)
  return (
    request.reasoning_effort === 'none' ||
    asObject(request.thinking)?.type === 'disabled' ||
    request.enable_thinking === false ||
    template?.enable_thinking === false ||
    template?.thinking === false ||
    reasoning?.enabled === false ||
    reasoning?.effort === 'none'
  )
}
