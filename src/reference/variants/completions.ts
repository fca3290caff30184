import type { Bend, Json, StreamEvent } from '../exchange.ts'
import { isDone, onAnswer, onCall, refuses } from '../faults/stages.ts'
import { variant } from './variant.ts'

const onEvents = (bend: (events: StreamEvent[]) => StreamEvent[] | undefined) => ({
  events: (events: StreamEvent[], _: unknown, kind: string) => (kind === 'completion-stream' ? bend(events) : undefined),
})

const refusesCompletion = (when: (body: Json) => boolean, param: string) => refuses('/completions', when, param)

const options = ['echo', 'suffix', 'best_of', 'logprobs']

/** Legal habits of endpoints that continue texts. */
export const completionVariants: readonly Bend[] = [
  variant(
    'completions-absent',
    'there are no legacy completions',
    onCall((call) => {
      if (call.target.startsWith('/v1/completions')) call.target = '/v1/no-completions'
    }),
  ),
  variant(
    'prompt-string-only',
    'a prompt is one string',
    refusesCompletion((body) => typeof body.prompt !== 'string', 'prompt'),
  ),
  variant(
    'legacy-options-refused',
    'the older options are refused',
    refusesCompletion((body) => options.some((name) => body[name] !== undefined), 'best_of'),
  ),
  variant(
    'text-stream-options-refused',
    'streamed completions take no stream options',
    refusesCompletion((body) => body.stream_options !== undefined, 'stream_options'),
  ),
  variant(
    'text-usage-not-streamed',
    'streamed completions have no token counts',
    onEvents((events) => {
      for (const { data } of events) delete data.usage
      return events.filter((event) => isDone(event) || event.data.choices.length > 0)
    }),
  ),
  variant(
    'text-in-one-chunk',
    'a streamed completion comes in one piece, which finishes it',
    onEvents((events) => {
      const pieces = events.filter(({ data }) => data.choices?.length > 0)
      const last = pieces.at(-1)
      if (!last) return
      last.data.choices[0].text = pieces.map(({ data }) => data.choices[0].text).join('')
      return events.filter((event) => event === last || !pieces.includes(event))
    }),
  ),
  variant(
    'text-bare-chunks',
    'chunks of a completion leave out what is null, and the first is empty',
    onEvents((events) => {
      for (const { data } of events) {
        for (const piece of data.choices ?? []) {
          delete piece.logprobs
          if (piece.finish_reason === null) delete piece.finish_reason
        }
      }
      const [first] = events
      return first && [{ data: { ...first.data, choices: [{ index: 0, text: '' }] } }, ...events]
    }),
  ),
  variant(
    'text-usage-with-finish',
    'token counts come with the last piece of text',
    onEvents((events) => {
      const usage = events.find(({ data }) => data.choices?.length === 0)
      const last = events.find(({ data }) => data.choices?.[0]?.finish_reason)
      if (!usage || !last) return
      last.data.usage = usage.data.usage
      return events.filter((event) => event !== usage)
    }),
  ),
  variant(
    'legacy-logprobs-one-more',
    'the token itself is one more alternative, and offsets are left out',
    onAnswer(['completion'], (answer) => {
      for (const { logprobs } of answer.body.choices) {
        if (!logprobs) continue
        delete logprobs.text_offset
        for (const top of logprobs.top_logprobs) if (top) top['<|other|>'] = -9
      }
    }),
  ),
  variant(
    'echo-with-space',
    'an echoed prompt has a space before it',
    onAnswer(['completion'], (answer, call) => {
      if (call.sent.echo === true) for (const choice of answer.body.choices) choice.text = ` ${choice.text}`
    }),
  ),
  variant(
    'completions-with-more',
    'completions have members of a vendor',
    onAnswer(['completion'], (answer) => {
      answer.body.kv_transfer_params = null
      for (const choice of answer.body.choices) Object.assign(choice, { stop_reason: null, prompt_logprobs: null })
    }),
  ),
]
