import type { Bend } from '../exchange.ts'
import { onChatRequest, onResponsesRequest } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { variant } from './variant.ts'

const window = 8192

const refusal = (param: string) =>
  errorAnswer(`This model's maximum context length is ${window} tokens. However, you requested 32000 tokens beside your prompt.`, {
    code: 'context_length_exceeded',
    param,
  })

/**
 * Endpoints on which a session of OpenCode does not fit, and which say so. Only its cap is looked at, since the list of
 * models promises room for the long prompts of other probes.
 */
export const opencodeVariants: readonly Bend[] = [
  variant(
    'eight-thousand-tokens',
    'a cap that does not fit into a window of 8192 tokens is refused',
    onChatRequest((body) => (body.max_tokens === 32_000 ? refusal('messages') : undefined)),
  ),
  variant(
    'eight-thousand-tokens-of-responses',
    'a cap of a response that does not fit into a window of 8192 tokens is refused',
    onResponsesRequest((body) => (body.max_output_tokens === 32_000 ? refusal('input') : undefined)),
  ),
  variant(
    'sum-of-window-exceeded',
    'a cap fits into the window by itself, and not beside instructions and tools',
    onChatRequest((body) =>
      body.max_tokens === 32_000 && JSON.stringify(body).length > 20_000
        ? errorAnswer('Inputs and max_new_tokens together must be below 32768.', { param: null, code: null })
        : undefined,
    ),
  ),
  variant(
    'four-thousand-tokens-at-most',
    'a cap of more than 4096 tokens is refused with words about the cap',
    onChatRequest((body) =>
      body.max_tokens === 32_000
        ? errorAnswer('max_tokens is too large: this model supports at most 4096 completion tokens.', { param: null, code: null })
        : undefined,
    ),
  ),
]
