import type { Fault } from '../exchange.ts'
import { errorAnswer } from '../refusal.ts'
import { fault, onCall, onErrorAbout, statusOf } from './stages.ts'

const keyless = (call: { key: string }): boolean => call.key === 'missing'

const parses = (bytes: Uint8Array): boolean => {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'))
    return true
  } catch {
    return false
  }
}

/** Credentials. These show only where a key is needed, except for the first. */
export const authFaults: readonly Fault[] = [
  fault(
    'any-key-refused-when-open',
    'auth.ignored-when-open',
    'an open endpoint refuses requests that carry a key',
    onCall((call) =>
      call.key === 'unneeded' && call.headers.authorization !== undefined
        ? errorAnswer('No key expected.', { status: 401, about: 'key' })
        : undefined,
    ),
  ),
  fault(
    'missing-key-200',
    'auth.missing',
    'requests without a key are served',
    onCall((call) => {
      if (keyless(call)) call.key = 'right'
    }),
  ),
  fault(
    'wrong-key-200',
    'auth.invalid',
    'requests with a wrong key are served',
    onCall((call) => {
      if (call.key === 'wrong') call.key = 'right'
    }),
  ),
  fault(
    'missing-key-403',
    'auth.missing',
    'requests without a key are answered 403',
    onErrorAbout('key', (answer, _, call) => {
      if (keyless(call)) answer.status = 403
    }),
  ),
  fault(
    'missing-key-500',
    'auth.missing',
    'requests without a key end in a server error',
    onErrorAbout('key', (answer, error, call) => {
      if (!keyless(call)) return
      answer.status = 500
      error.type = 'server_error'
    }),
  ),
  fault(
    'wrong-key-400',
    'auth.invalid',
    'requests with a wrong key are answered 400',
    onErrorAbout('key', (answer, _, call) => {
      if (!keyless(call)) answer.status = 400
    }),
  ),
  fault(
    'wrong-key-403',
    'auth.invalid',
    'requests with a wrong key are answered 403',
    onErrorAbout('key', (answer, _, call) => {
      if (!keyless(call)) answer.status = 403
    }),
  ),
  fault(
    'wrong-key-404',
    'auth.invalid',
    'requests with a wrong key are answered 404',
    onErrorAbout('key', (answer, _, call) => {
      if (!keyless(call)) answer.status = 404
    }),
  ),
  fault(
    'key-code-null',
    'auth.error-body',
    'the error about a wrong key has no code',
    onErrorAbout('key', (_, error) => {
      error.code = null
    }),
  ),
  fault(
    'key-error-string',
    'auth.error-body',
    'the error about a key is a bare string',
    onErrorAbout('key', (answer) => {
      answer.body = { error: 'Unauthorized' }
    }),
  ),
  fault(
    'key-error-empty',
    'auth.error-body',
    'the answer to a bad key has no body',
    onErrorAbout('key', (answer) => {
      delete answer.body
    }),
  ),
  fault(
    'key-error-detail',
    'auth.error-body',
    'the answer to a bad key is a bare detail',
    onErrorAbout('key', (answer) => {
      answer.body = { detail: 'Unauthorized' }
    }),
  ),
  fault(
    'www-authenticate-missing',
    'auth.www-authenticate',
    'a 401 does not name the scheme',
    onErrorAbout('key', (answer) => {
      delete answer.headers['www-authenticate']
    }),
  ),
  fault(
    'www-authenticate-basic',
    'auth.www-authenticate',
    'a 401 names another scheme',
    onErrorAbout('key', (answer) => {
      answer.headers['www-authenticate'] = 'Basic realm="wirecheck"'
    }),
  ),
  fault(
    'scheme-case-sensitive',
    'auth.scheme-case',
    'the word bearer must begin with a capital letter',
    onCall((call) => {
      if (call.key === 'right' && !call.headers.authorization?.startsWith('Bearer ')) call.key = 'wrong'
    }),
  ),
  fault(
    'body-before-key',
    'auth.before-validation',
    'the body is looked at before the key',
    onCall((call) =>
      call.key !== 'right' && call.key !== 'unneeded' && call.method === 'POST' && !parses(call.body)
        ? errorAnswer('The body of your request is not valid JSON.', { about: 'json' })
        : undefined,
    ),
  ),
  fault(
    'model-before-key',
    'auth.before-validation',
    'the model is looked up before the key',
    onCall((call) =>
      call.key !== 'right' && call.key !== 'unneeded' && /no-such/.test(Buffer.from(call.body).toString('utf8'))
        ? errorAnswer('The model does not exist.', { status: 404, code: 'model_not_found', about: 'model' })
        : undefined,
    ),
  ),
  fault(
    'key-echoed',
    'auth.no-secret-echo',
    'the error about a wrong key repeats it',
    onErrorAbout('key', (_, error, call) => {
      if (!keyless(call)) error.message = `Incorrect API key provided: ${call.presented}.`
    }),
  ),
  fault(
    'key-422',
    'auth.missing',
    'a request without a key is answered 422',
    onErrorAbout('key', (answer, _, call) => {
      if (keyless(call)) answer.status = 422
    }),
  ),
  fault(
    'key-redirect',
    'auth.missing',
    'a request without a key is sent to a login page',
    onErrorAbout('key', (answer, _, call) => {
      if (!keyless(call)) return
      answer.status = 302
      answer.headers.location = '/login'
    }),
  ),
  fault('key-error-in-200', 'auth.invalid', 'an error about the key comes with status 200', statusOf('key', 200)),
]
