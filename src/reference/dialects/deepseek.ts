import { onChatRequest } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { comments, forModels, usageWithFinish } from './parts.ts'
import { refusals } from './refusals.ts'
import { effortsAs } from './thoughts.ts'

const thinker = 'deepseek-v4-pro'
const sampling = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty']

export const deepseek: Dialect = {
  name: 'deepseek',
  speaks: 'thoughts must come back with the calls that they led to, sampling is ignored while thinking, and mistakes are answered 422',
  models: { [thinker]: 'thinking', 'deepseek-chat': 'plain' },
  base: '',
  serves: ['chat'],
  bends: [
    effortsAs({ max: 'xhigh' }),
    forModels(
      [thinker],
      onChatRequest((body) => {
        if (body.thinking?.type !== 'disabled') for (const name of sampling) if (typeof body[name] === 'number') delete body[name]
        return undefined
      }),
    ),
    forModels([thinker], like('reasoning-must-return')),
    like('off-by-thinking'),
    like('null-content-while-thinking'),
    like('waiting-blank-lines'),
    comments(': keep-alive'),
    usageWithFinish((chunk, usage) => {
      chunk.usage = usage
    }),
    refusals({
      key: {
        error: { type: 'authentication_error', code: 'invalid_request_error' },
        body: (error, _, { presented }) => ({
          error: { ...error, message: `Authentication Fails, your key ****${presented.slice(-4)} is invalid` },
        }),
      },
      model: { status: 400, error: { message: 'Model Not Exist', code: 'invalid_request_error' } },
      parameter: { status: 422 },
    }),
  ],
}
