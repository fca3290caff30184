import { onChatEvents } from '../faults/stages.ts'
import { type Dialect, like } from './dialect.ts'
import { usageWithFinish } from './parts.ts'
import { refusals } from './refusals.ts'

export const kimi: Dialect = {
  name: 'kimi',
  speaks: 'token counts stand in the choice that finishes, together with the last words',
  models: { 'kimi-k2.6': 'thinking' },
  serves: ['chat'],
  bends: [
    like('off-by-thinking'),
    usageWithFinish((chunk, usage) => {
      chunk.usage = usage
      chunk.choices[0].usage = usage
    }),
    onChatEvents((events) => {
      const at = events.findIndex(({ data }) => data.choices?.[0]?.finish_reason)
      const before = events[at - 1]?.data.choices?.[0]
      const isText = at > 1 && before?.delta.content && before.index === 0 && !before.logprobs && events[at]?.data.choices.length === 1
      if (!isText) return undefined
      ;(events[at] as (typeof events)[number]).data.choices[0].delta = before.delta
      return events.toSpliced(at - 1, 1)
    }),
    refusals({
      key: { error: { type: 'invalid_authentication_error', code: undefined } },
      model: { error: { type: 'resource_not_found_error', code: undefined } },
    }),
  ],
}
