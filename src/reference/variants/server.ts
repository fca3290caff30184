import type { Bend } from '../exchange.ts'
import { onAnswer, onCall, onChatRequest, onErrorAbout, onModels, onResponse, onWire, refusesChat, replies } from '../faults/stages.ts'
import { errorAnswer } from '../refusal.ts'
import { variant } from './variant.ts'

/** Honest refusals, and legal habits of HTTP servers. */
export const serverVariants: readonly Bend[] = [
  variant(
    'n-refused',
    'several choices are refused',
    refusesChat((body) => body.n > 1, 'n'),
  ),
  variant(
    'logprobs-refused',
    'log probabilities are refused',
    refusesChat((body) => body.logprobs === true, 'logprobs'),
  ),
  variant(
    'tools-refused',
    'tools are refused',
    refusesChat((body) => Array.isArray(body.tools), 'tools'),
  ),
  variant(
    'unknown-param-refused',
    'unknown members are refused',
    onChatRequest((body) => {
      const name = Object.keys(body).find((key) => key.startsWith('zz_'))
      return name === undefined
        ? undefined
        : errorAnswer(`Unrecognized request argument supplied: ${name}`, { param: name, code: 'unknown_parameter' })
    }),
  ),
  variant(
    'responses-absent',
    'there is no Responses endpoint',
    onCall((call) => {
      if (call.target.startsWith('/v1/responses')) call.target = '/v1/no-responses'
    }),
  ),
  variant('stateless-responses', 'responses are never stored, and every previous id is refused', {
    request: (body) => {
      body.store = false
      return undefined
    },
  }),
  variant(
    'method-404',
    'a wrong method is answered 404',
    onErrorAbout('method', (answer) => {
      answer.status = 404
      delete answer.headers.allow
    }),
  ),
  variant(
    'media-type-400',
    'a body that is not labelled JSON is answered 400',
    onErrorAbout('media-type', (answer) => {
      answer.status = 400
    }),
  ),
  variant(
    'head-405',
    'HEAD is answered 405',
    onCall((call) =>
      call.method === 'HEAD'
        ? errorAnswer('Not allowed to HEAD here.', { status: 405, headers: { allow: 'GET' }, about: 'method' })
        : undefined,
    ),
  ),
  variant(
    'no-cors',
    'browsers are not served',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error', 'preflight'], (answer) => {
      for (const name of Object.keys(answer.headers)) if (name.startsWith('access-control')) delete answer.headers[name]
    }),
  ),
  variant(
    'json-charset',
    'the label of JSON has a charset',
    onAnswer([...replies, 'models', 'model', 'error'], (answer) => {
      answer.headers['content-type'] = 'application/json; charset=utf-8'
    }),
  ),
  variant(
    'chunked-json',
    'JSON bodies have no Content-Length',
    onWire([...replies, 'models', 'model', 'error'], (wire) => {
      delete wire.headers['content-length']
    }),
  ),
  variant(
    'connection-close',
    'every answer announces that the connection closes',
    onAnswer([...replies, 'chat-stream', 'response-stream', 'models', 'model', 'error'], (answer) => {
      answer.headers.connection = 'close'
    }),
  ),
  variant(
    'owned-models',
    'the model list has models of other owners',
    onModels((body) => {
      body.data.push({ id: 'vendor/other-model:free', object: 'model', created: 0, owned_by: 'somebody' })
    }),
  ),
  variant(
    'response-nulls',
    'optional members of responses are null',
    onResponse((response) => {
      Object.assign(response, {
        user: null,
        safety_identifier: null,
        prompt_cache_key: null,
        completed_at: null,
        max_tool_calls: null,
        service_tier: null,
      })
    }),
  ),
]
