import type { Bend, Call } from '../exchange.ts'
import { onCall, onChatRequest, onError, onModel, onModels, onSpeech, onUsage, onWire, refusesChat } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { variant } from './variant.ts'

const picturesOf = (call: Call): number => JSON.stringify(call.sent?.messages ?? '').split('"image_url":').length - 1

/** What the words that stand for a picture cost this model. */
const pictureTokens = 3

const costing = (tokens: number) =>
  onUsage((usage, call) => {
    const more = picturesOf(call) * (tokens - pictureTokens)
    usage.prompt_tokens += more
    usage.total_tokens += more
  })

const asksForColour = (call: Call): boolean => /name (its|the) colour/i.test(JSON.stringify(call.sent?.messages ?? ''))

/** What honest servers do with pictures, long prompts and many requests. */
export const visionVariants: readonly Bend[] = [
  variant(
    'text-only',
    'the model cannot see, and pictures are refused',
    refusesChat((body) => JSON.stringify(body.messages ?? '').includes('"image_url":'), 'messages'),
  ),
  variant('pictures-uncounted', 'pictures are seen, and the text alone is counted', costing(0)),
  variant('pictures-dear', 'a picture costs as much as a page', costing(765)),
  variant(
    'one-picture-only',
    'a second picture in a message is refused',
    refusesChat((body) => JSON.stringify(body.messages ?? '').split('"image_url":').length > 2, 'messages'),
  ),
  variant(
    'weak-eyes',
    'the model takes every picture for a black one',
    onSpeech((speech, call) => {
      if (asksForColour(call) && picturesOf(call) > 0 && speech.content) speech.content = 'Black.'
    }),
  ),
  variant(
    'chatty-eyes',
    'the model says more about a picture than it was asked for',
    onSpeech((speech, call) => {
      if (asksForColour(call) && speech.content) speech.content = `I would say: **${speech.content.toUpperCase()}**`
    }),
  ),
  variant(
    'closes-with-notice',
    'each connection ends behind its first answer, which says so',
    onWire(['chat', 'chat-stream', 'models', 'error'], (wire) => {
      wire.headers.connection = 'close'
    }),
  ),
  variant(
    'overflow-413',
    'a prompt that is too long is refused with 413',
    onError((answer, error) => {
      if (error.code === 'context_length_exceeded') answer.status = 413
    }),
  ),
  variant(
    'window-untold',
    'the list of models does not say how much they take',
    onModels((body) => {
      for (const entry of body.data) delete entry.context_length
    }),
    onModel((body) => {
      delete body.context_length
    }),
  ),
  variant(
    'trained-on-less',
    'the list of models tells of a training window only, and the server takes more',
    onModels((body) => {
      for (const entry of body.data) Object.assign(entry, { context_length: undefined, meta: { n_ctx_train: 32_768 } })
    }),
  ),
  variant(
    'one-at-a-time',
    'of requests that come at once all but one have to wait',
    onChatRequest((body, call) => {
      const asked = /exactly: [a-z]{16}$/.exec(String(body.messages?.[0]?.content ?? ''))?.[0]
      if (asked === undefined || call.memory.has(asked)) return undefined
      call.memory.set(asked, true)
      return errorAnswer('Too many requests.', {
        status: 429,
        code: 'rate_limit_exceeded',
        headers: { 'retry-after-ms': '20', 'retry-after': '1' },
      })
    }),
  ),
  variant(
    'quota-named',
    'the first request finds an empty account, which is said by code',
    onCall((call) => {
      if (call.method !== 'POST' || call.memory.get('quota-named')) return undefined
      call.memory.set('quota-named', true)
      return errorAnswer('You exceeded your current quota.', { status: 429, code: 'insufficient_quota', headers: { 'retry-after': '0' } })
    }),
  ),
]
