import type { Answer, Bend, Call } from '../exchange.ts'
import { onCall, onChatRequest, onModels } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { variant } from './variant.ts'

/** Answers so many generating requests in another way, then serves as usual. */
const atFirst = (name: string, times: number, answer: () => Answer) =>
  onCall((call: Call) => {
    if (call.method !== 'POST' || !call.target.endsWith('/completions')) return undefined
    const count = ((call.memory.get(name) as number | undefined) ?? 0) + 1
    call.memory.set(name, count)
    return count <= times ? answer() : undefined
  })

/** What honest servers do that differs from the plain endpoint: they refuse, wait, or serve more than they were asked for. */
export const habitVariants: readonly Bend[] = [
  variant(
    'max-tokens-refused',
    'max_tokens is refused in favour of its new name',
    onChatRequest((body) =>
      body.max_tokens === undefined
        ? undefined
        : errorAnswer("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {
            param: 'max_tokens',
            code: 'unsupported_parameter',
          }),
    ),
  ),
  variant(
    'temperature-refused',
    'any temperature but the default is refused',
    onChatRequest((body) =>
      body.temperature === undefined || body.temperature === null || body.temperature === 1
        ? undefined
        : errorAnswer("Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", {
            param: 'temperature',
            code: 'unsupported_value',
          }),
    ),
  ),
  variant(
    'chat-not-for-this-model',
    'the model is served by the Responses endpoint only',
    onChatRequest(() =>
      errorAnswer('The chatCompletion operation does not work with the specified model. Please choose different model and try again.', {
        code: 'OperationNotSupported',
      }),
    ),
  ),
  variant(
    'responses-html-404',
    'there is no Responses endpoint, and a web server says so',
    onCall((call) =>
      call.target.startsWith('/v1/responses')
        ? {
            ...errorAnswer('', { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } }),
            body: '<html><body><h1>404 Not Found</h1></body></html>',
          }
        : undefined,
    ),
  ),
  variant(
    'any-model',
    'one model is listed, and it answers to every name',
    onCall((call) => {
      if (call.method !== 'POST') return undefined
      try {
        const body = JSON.parse(Buffer.from(call.body).toString('utf8'))
        if (typeof body?.model === 'string') call.body = Buffer.from(JSON.stringify({ ...body, model: call.models[0] }))
      } catch {
        // what is no JSON is refused as always
      }
      return undefined
    }),
    onModels((body) => {
      body.data.length = 1
    }),
  ),
  variant(
    'busy-once',
    'the first request is answered 429, with a time to wait',
    atFirst('busy-once', 1, () =>
      errorAnswer('Rate limit reached for requests.', {
        status: 429,
        type: 'requests',
        code: 'rate_limit_exceeded',
        headers: { 'retry-after': '1' },
      }),
    ),
  ),
  variant(
    'loading-twice',
    'the model has to be loaded first, which is answered 503',
    atFirst('loading-twice', 2, () =>
      errorAnswer('Loading model', { status: 503, type: 'unavailable_error', headers: { 'retry-after': '1' } }),
    ),
  ),
]
