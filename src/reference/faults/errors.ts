import type { Answer, Fault, Json } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onAnswer, onChatRequest, onError, onErrorAbout, statusOf } from './stages.ts'

const page = '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>'

/** Validation errors are those about the body or one of its members. */
const members = [
  'messages',
  'model_',
  'temperature',
  'tools',
  'tool_choice',
  'input',
  'max_',
  'stream',
  'stop',
  'top_',
  'n',
  'response_format',
]

const crash = (body: string): Answer => ({ ...errorAnswer('', { status: 500, headers: { 'content-type': 'text/plain' } }), body })

/** Sets one member of every error. */
const withMember = (name: string, value: unknown) =>
  onError((_, error) => {
    error[name] = value
  })

const withoutMember = (name: string) =>
  onError((_, error) => {
    delete error[name]
  })

const bodyOf = (make: (error: Json, status: number) => Json) =>
  onError((answer, error) => {
    answer.body = make(error, answer.status)
  })

/** The error envelope, wherever an error occurs. */
export const errorFaults: readonly Fault[] = [
  fault(
    'error-string',
    'errors.envelope',
    'error is a string',
    bodyOf((error) => ({ error: error.message })),
  ),
  fault(
    'error-flat',
    'errors.envelope',
    'the members of the error are at the top',
    bodyOf((error) => ({ object: 'error', ...error })),
  ),
  fault(
    'error-detail',
    'errors.envelope',
    'errors are a bare detail',
    bodyOf((error) => ({ detail: error.message })),
  ),
  fault(
    'error-detail-list',
    'errors.envelope',
    'errors are a list of details',
    bodyOf((error) => ({ detail: [{ loc: ['body'], msg: error.message, type: 'value_error' }] })),
  ),
  fault(
    'error-array',
    'errors.envelope',
    'the envelope is inside an array',
    bodyOf((error) => [{ error }]),
  ),
  fault(
    'error-inner-array',
    'errors.envelope',
    'error is an array',
    bodyOf((error) => ({ error: [error] })),
  ),
  fault(
    'error-null',
    'errors.envelope',
    'error is null',
    bodyOf((error) => ({ error: null, message: error.message })),
  ),
  fault(
    'error-message-only',
    'errors.envelope',
    'errors are a bare message',
    bodyOf((error) => ({ message: error.message })),
  ),
  fault(
    'error-empty-object',
    'errors.envelope',
    'the body of an error is an empty object',
    bodyOf(() => ({})),
  ),
  fault(
    'error-html',
    'errors.envelope',
    'errors are web pages',
    onError((answer) => {
      answer.body = page
      answer.headers['content-type'] = 'text/html'
    }),
  ),
  fault(
    'error-plain-text',
    'errors.envelope',
    'errors are plain text',
    onError((answer, error) => {
      answer.body = error.message
      answer.headers['content-type'] = 'text/plain; charset=utf-8'
    }),
  ),
  fault(
    'error-empty',
    'errors.envelope',
    'errors have no body',
    onError((answer) => {
      delete answer.body
    }),
  ),
  fault(
    'error-in-200',
    'errors.status-class',
    'errors come with status 200',
    onError((answer) => {
      answer.status = 200
    }),
  ),
  fault(
    'error-in-200-stream',
    'errors.stream.status-before-headers',
    'invalid streaming requests get an event stream that holds the error',
    onAnswer(['error'], (answer, call) => {
      if (call.json?.stream !== true) return
      answer.status = 200
      answer.headers['content-type'] = 'text/event-stream; charset=utf-8'
      answer.headers['cache-control'] = 'no-cache'
      answer.events = [{ data: answer.body }, { data: '[DONE]' }]
    }),
  ),
  fault(
    'stream-error-other-status',
    'errors.stream-parity',
    'invalid streaming requests get another status than others',
    onErrorAbout(['model', ...members], (answer, _, call) => {
      if (call.json?.stream === true) answer.status = 422
    }),
  ),
  fault(
    'stream-error-other-code',
    'errors.stream-parity',
    'invalid streaming requests get another code than others',
    onErrorAbout(['model', ...members], (_, error, call) => {
      if (call.json?.stream === true) error.code = 'stream_error'
    }),
  ),
  fault(
    'stream-error-other-shape',
    'errors.stream-parity',
    'invalid streaming requests get an error without param and type',
    onErrorAbout(['model', ...members], (_, error, call) => {
      if (call.json?.stream !== true) return
      delete error.param
      delete error.type
    }),
  ),
  fault('error-message-missing', 'errors.message', 'errors have no message', withoutMember('message')),
  fault('error-message-empty', 'errors.message', 'the message of errors is empty', withMember('message', '')),
  fault('error-message-null', 'errors.message', 'the message of errors is null', withMember('message', null)),
  fault('error-message-object', 'errors.message', 'the message of errors is an object', withMember('message', { text: 'invalid request' })),
  fault('error-type-missing', 'errors.type', 'errors have no type', withoutMember('type')),
  fault('error-type-null', 'errors.type', 'the type of errors is null', withMember('type', null)),
  fault('error-type-number', 'errors.type', 'the type of errors is a number', withMember('type', 400)),
  fault('error-param-missing', 'errors.param-key', 'errors have no param', withoutMember('param')),
  fault('error-param-none', 'errors.param-key', 'param is the text None', withMember('param', 'None')),
  fault('error-param-empty', 'errors.param-key', 'param is an empty string', withMember('param', '')),
  fault('error-param-array', 'errors.param-key', 'param is an array', withMember('param', ['body'])),
  fault('error-param-null', 'errors.param-names-field', 'param does not name the member at fault', withMember('param', null)),
  fault(
    'error-param-other',
    'errors.param-names-field',
    'param names another member than the one at fault',
    onErrorAbout(members, (_, error) => {
      error.param = 'body'
    }),
  ),
  fault('error-code-missing', 'errors.code-key', 'errors have no code', withoutMember('code')),
  fault(
    'error-code-number',
    'errors.code-key',
    'the code of errors is the status as a number',
    onError((answer, error) => {
      error.code = answer.status
    }),
  ),
  fault('error-code-object', 'errors.code-key', 'the code of errors is an object', withMember('code', { name: 'invalid' })),
  fault(
    'error-traceback',
    'errors.message-clean',
    'messages hold a stack trace',
    onError((_, error) => {
      error.message = `Traceback (most recent call last):\n  File "/app/server/protocol.py", line 214, in create\nValueError: ${error.message}`
    }),
  ),
  fault(
    'error-file-path',
    'errors.message-clean',
    'messages name a file of the server',
    onError((_, error) => {
      error.message = `${error.message} (/usr/local/lib/python3.11/site-packages/server/api.py:214)`
    }),
  ),
  fault(
    'error-repr',
    'errors.message-clean',
    'messages hold the notation of a class',
    onError((_, error) => {
      error.message = `<class 'server.errors.InvalidRequest'>: ${error.message} <server.Request object at 0x7f3a2c1d9e50>`
    }),
  ),
  fault(
    'error-js-stack',
    'errors.message-clean',
    'messages hold a script trace',
    onError((_, error) => {
      error.message = `${error.message}\n    at validate (/srv/app/dist/validate.js:31:9)\n    at process (/srv/app/dist/main.js:88:13)`
    }),
  ),
  fault(
    '422-for-400',
    'errors.status-400-not-422',
    'validation errors are answered 422',
    onErrorAbout(members, (answer) => {
      if (answer.status === 400) answer.status = 422
    }),
  ),
  fault('unknown-path-200', 'errors.path.unknown', 'unknown paths are answered 200', statusOf('path', 200)),
  fault('unknown-path-400', 'errors.path.unknown', 'unknown paths are answered 400', statusOf('path', 400)),
  fault('unknown-path-405', 'errors.path.unknown', 'unknown paths are answered 405', statusOf('path', 405)),
  fault('unknown-path-500', 'errors.path.unknown', 'unknown paths end in a server error', statusOf('path', 500)),
  fault(
    'unknown-path-301',
    'errors.path.unknown',
    'unknown paths are redirected',
    onErrorAbout('path', (answer) => {
      answer.status = 301
      answer.headers.location = '/v1/models'
    }),
  ),
  fault(
    'unknown-path-html',
    'errors.path.unknown-body',
    'unknown paths get a web page',
    onErrorAbout('path', (answer) => {
      answer.body = page
      answer.headers['content-type'] = 'text/html'
    }),
  ),
  fault(
    'unknown-path-text',
    'errors.path.unknown-body',
    'unknown paths get plain text',
    onErrorAbout('path', (answer) => {
      answer.body = '404 page not found'
      answer.headers['content-type'] = 'text/plain'
    }),
  ),
  fault(
    'unknown-path-empty',
    'errors.path.unknown-body',
    'unknown paths get an empty body',
    onErrorAbout('path', (answer) => {
      delete answer.body
    }),
  ),
  fault(
    'unknown-path-detail',
    'errors.path.unknown-body',
    'unknown paths get a bare detail',
    onErrorAbout('path', (answer) => {
      answer.body = { detail: 'Not Found' }
    }),
  ),
  fault('method-200', 'errors.method', 'a wrong method is answered 200', statusOf('method', 200)),
  fault('method-500', 'errors.method', 'a wrong method ends in a server error', statusOf('method', 500)),
  fault('method-501', 'errors.method', 'a wrong method is answered 501', statusOf('method', 501)),
  fault(
    'method-no-allow',
    'errors.method',
    'a 405 does not say what is allowed',
    onErrorAbout('method', (answer) => {
      delete answer.headers.allow
    }),
  ),
  fault('media-type-500', 'errors.media-type', 'a body that is not labelled JSON ends in a server error', statusOf('media-type', 500)),
  fault('media-type-404', 'errors.media-type', 'a body that is not labelled JSON is answered 404', statusOf('media-type', 404)),
  fault(
    'server-error-text',
    'errors.server-fault-body',
    'a tool without parameters makes the server fall over in plain text',
    onChatRequest((body) => {
      if (body.tools?.[0]?.function && body.tools[0].function.parameters === undefined) return crash('Internal Server Error')
    }),
  ),
]
