import type { Call, Fault } from '../exchange.ts'
import { contextLength } from '../models.ts'
import { errorAnswer } from '../refusal.ts'
import { countTokens } from '../tokens.ts'
import { fault, onCall, onChatRequest, onError, onMessages, onSpeech, onWire } from './stages.ts'

const isTooLong = (text: unknown): text is string => typeof text === 'string' && text.length > contextLength

/** Errors about a prompt that is too long. */
const onOverflow = (bend: Parameters<typeof onError>[0]) =>
  onError((answer, error, call) => {
    if (error.code === 'context_length_exceeded') bend(answer, error, call)
  })

/** The first generating request of a run gets another answer. */
const atFirst = (name: string, answer: () => ReturnType<typeof errorAnswer>) =>
  onCall((call: Call) => {
    if (call.method !== 'POST' || call.memory.get(name)) return undefined
    call.memory.set(name, true)
    return answer()
  })

const noMoney = 'You exceeded your current quota, please check your plan and billing details.'

const soon = { 'retry-after': '0' }

/** The line that a request wants to hear again. */
const lineOf = (call: Call): string | undefined =>
  /Repeat this line exactly: ([a-z]{16})$/.exec(String(call.sent?.messages?.[0]?.content ?? ''))?.[1]

export const limitFaults: readonly Fault[] = [
  fault(
    'overflow-cut',
    'limits.context.rejected',
    'a prompt that is too long loses its beginning without a word',
    onMessages((messages) =>
      messages.map((message) => (isTooLong(message?.content) ? { ...message, content: message.content.slice(-contextLength) } : message)),
    ),
  ),
  fault(
    'overflow-served',
    'limits.context.rejected',
    'a prompt of twice the announced window is answered all the same',
    onChatRequest((body, call) => {
      const long = body.messages?.find?.((message: { content?: unknown }) => isTooLong(message?.content))
      if (!long) return undefined
      const prompt_tokens = countTokens(long.content) + 7
      long.content = 'Reply with the single word OK.'
      call.memory.set('overflow-served', prompt_tokens)
      return undefined
    }),
    {
      answer: (answer, call) => {
        const prompt = call.memory.get('overflow-served') as number | undefined
        call.memory.delete('overflow-served')
        if (prompt === undefined || answer.kind !== 'chat') return
        answer.body.usage.prompt_tokens = prompt
        answer.body.usage.total_tokens = prompt + answer.body.usage.completion_tokens
      },
    },
  ),
  fault(
    'overflow-500',
    'limits.context.rejected',
    'the server falls over a prompt that is too long',
    onOverflow((answer, error) => {
      answer.status = 500
      Object.assign(error, { message: 'CUDA out of memory', type: 'server_error', param: null, code: null })
    }),
  ),
  fault(
    'overflow-code-null',
    'limits.context.code',
    'the refusal of a prompt that is too long has no code',
    onOverflow((_, error) => {
      error.code = null
    }),
  ),
  fault(
    'answers-mixed-up',
    'limits.concurrency',
    'a request is answered with what the one before it asked for',
    onSpeech((speech, call) => {
      const line = lineOf(call)
      if (line === undefined) return
      const before = call.memory.get('answers-mixed-up') as string | undefined
      call.memory.set('answers-mixed-up', line)
      if (before !== undefined) speech.content = before
    }),
  ),
  fault(
    'second-at-once-refused',
    'limits.concurrency',
    'of several requests like each other all but the first are refused',
    onChatRequest((body, call) => {
      if (lineOf(call) === undefined || body.stream === true) return undefined
      const count = ((call.memory.get('second-at-once-refused') as number | undefined) ?? 0) + 1
      call.memory.set('second-at-once-refused', count)
      return count > 1 ? errorAnswer('Another request is being served.', { code: 'busy' }) : undefined
    }),
  ),
  fault(
    'quota-as-throttling',
    'limits.quota-code',
    'an empty account is reported like too many requests',
    atFirst('quota-as-throttling', () =>
      errorAnswer(noMoney, { status: 429, type: 'requests', code: 'rate_limit_exceeded', headers: soon }),
    ),
  ),
  fault(
    'quota-without-code',
    'limits.quota-code',
    'an empty account is reported in words only',
    atFirst('quota-without-code', () => errorAnswer('Insufficient balance', { status: 429, type: 'error', headers: soon })),
  ),
  fault(
    'hangs-up-silently',
    'transport.keep-alive',
    'each connection ends behind its first answer, which announces nothing',
    onWire(['chat'], (wire) => {
      wire.end = 'drop'
    }),
  ),
  fault(
    'hangs-up-after-stream',
    'transport.keep-alive',
    'a connection ends behind a stream, which announces nothing',
    onWire(['chat-stream'], (wire) => {
      wire.end = 'drop'
    }),
  ),
]
