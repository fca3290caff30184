import { bad, type Dict, errorJson, type Failure, type Fault, must, ruled, should } from './bend.ts'
import { swap } from './text.ts'

const crash = (failure: Failure): Failure => ({ ...failure, status: 500, type: 'server_error', param: null, code: null })
const pass = () => undefined
const other = (failure: Failure | undefined, status: number): Failure | undefined => failure && { ...failure, status, fields: [] }
const challenge = (message: string): Failure => ({ ...bad('auth', null, message), status: 401, fields: [['www-authenticate', 'Bearer']] })
const VALIDATION = 'no-model no-messages messages-shape wrong-type bounds part history tool choice unsupported stream-options no-input'
const KNOWN = new Set(
  'model messages max_tokens max_completion_tokens temperature top_p n stop stream stream_options tools tool_choice user seed store'.split(
    ' ',
  ),
)
const known = (body: Dict) => Object.keys(body).every((name) => KNOWN.has(name) || !name.startsWith('zz'))

/** Faults of authentication. */
export const authFaults: Fault[] = [
  must('auth-missing-let-in', ['auth.missing'], 'A caller without a key is served.', {
    admit: (given, _key, honest) => (given === undefined ? undefined : honest),
  }),
  must('auth-wrong-let-in', ['auth.invalid'], 'Any key will do.', {
    admit: (given, _key, honest) => (/^bearer +\S/i.test(given ?? '') ? undefined : honest),
  }),
  must('auth-missing-403', ['auth.missing'], 'A missing key is answered 403.', {
    admit: (given, _key, honest) => (given === undefined ? other(honest, 403) : honest),
  }),
  must('auth-wrong-400', ['auth.invalid'], 'A wrong key is answered 400.', {
    admit: (given, _key, honest) => (given === undefined ? honest : other(honest, 400)),
  }),
  must('auth-wrong-500', ['auth.invalid'], 'A wrong key makes the server fail.', {
    admit: (given, _key, honest) => (given === undefined || honest === undefined ? honest : crash({ ...honest, fields: [] })),
  }),
  must('open-refuses-key', ['auth.ignored-when-open'], 'A server without keys refuses callers that bring one.', {
    admit: (given, key, honest) => (key === '' && given !== undefined ? challenge('This server takes no keys.') : honest),
  }),
  should('auth-code-other', ['auth.error-body'], 'A wrong key is answered without a code.', {
    admit: (_given, _key, honest) => honest && { ...honest, code: null },
  }),
  should('auth-no-challenge', ['auth.www-authenticate'], 'A 401 has no WWW-Authenticate.', {
    admit: (_given, _key, honest) => other(honest, 401),
  }),
  should('auth-scheme-exact', ['auth.scheme-case'], 'Only a capital B in Bearer counts.', {
    admit: (given, _key, honest) => honest ?? (given?.startsWith('bearer') ? challenge('No key.') : undefined),
  }),
  should('auth-echo', ['auth.no-secret-echo'], 'The refused key is repeated in the message.', {
    admit: (given, _key, honest) => honest && { ...honest, message: `The key ${given?.replace(/^bearer +/i, '') ?? ''} is not known.` },
  }),
]

/** Faults of refusals. */
export const errorFaults: Fault[] = [
  must('errors-as-200', ['errors.status-class'], 'Refusals are sent with status 200 and an error in the body.', {
    head: (head) => {
      if (head.status >= 400) head.status = 200
    },
  }),
  must('unknown-path-200', ['errors.path.unknown', 'errors.status-class'], 'An unknown path is answered 200.', ruled('unknown-path', pass)),
  must(
    'unknown-path-400',
    ['errors.path.unknown'],
    'An unknown path is answered 400.',
    ruled('unknown-path', (failure) => ({ ...failure, status: 400 })),
  ),
  must(
    'unknown-path-500',
    ['errors.path.unknown', 'errors.status-class'],
    'An unknown path is a server fault.',
    ruled('unknown-path', crash),
  ),
  must(
    'error-string',
    ['errors.envelope'],
    'The member error is a string.',
    errorJson((text) => text.replace(/^\{"error":\{"message":("(?:[^"\\]|\\.)*").*$/s, '{"error":$1}')),
  ),
  must(
    'error-flat',
    ['errors.envelope'],
    'The error is not wrapped.',
    errorJson((text) => text.replace(/^\{"error":\{(.*)\}\}$/s, '{"object":"error",$1}')),
  ),
  must(
    'error-in-array',
    ['errors.envelope'],
    'The envelope lies inside an array.',
    errorJson((text) => `[${text}]`),
  ),
  must(
    'error-array',
    ['errors.envelope'],
    'The member error is an array.',
    errorJson((text) => text.replace(/^\{"error":(.*)\}$/s, '{"error":[$1]}')),
  ),
  must('message-empty', ['errors.message'], 'The message is empty.', errorJson(swap(/"message":"(?:[^"\\]|\\.)*"/, '"message":""'))),
  must(
    'message-list',
    ['errors.message'],
    'The message is a list of findings.',
    errorJson(swap(/"message":"(?:[^"\\]|\\.)*"/, '"message":[{"loc":["body"],"msg":"field required"}]')),
  ),
  must('message-absent', ['errors.message'], 'There is no message.', errorJson(swap(/"message":"(?:[^"\\]|\\.)*",/, '"detail":"x",'))),
  must(
    'stream-error-late',
    ['errors.stream.status-before-headers', 'errors.status-class'],
    'A bad streaming request gets 200 and an error event.',
    {
      lateErrors: true,
    },
  ),
  must('bad-json-500', ['errors.body.invalid-json', 'errors.status-class'], 'Broken JSON is a server fault.', ruled('not-json', crash)),
  must(
    'bad-json-422',
    ['errors.body.invalid-json'],
    'Broken JSON is answered 422.',
    ruled('not-json', (failure) => ({ ...failure, status: 422 })),
  ),
  must(
    'array-body-500',
    ['errors.body.not-object', 'errors.status-class'],
    'A body that is an array is a server fault.',
    ruled('not-object', crash),
  ),
  must('array-body-served', ['errors.body.not-object', 'errors.status-class'], 'A body that is an array is served as a request.', {
    refuse: (failure, where) => (Array.isArray(where.sent) ? undefined : failure),
  }),
  must(
    'no-messages-served',
    ['errors.missing-messages', 'errors.status-class'],
    'Chat without messages is answered.',
    ruled('no-messages', pass),
  ),
  must(
    'no-messages-500',
    ['errors.missing-messages', 'errors.status-class'],
    'Chat without messages is a server fault.',
    ruled('no-messages', crash),
  ),
  must(
    'messages-shape-500',
    ['errors.messages.shape', 'errors.status-class'],
    'A malformed message list is a server fault.',
    ruled('messages-shape', crash),
  ),
  must(
    'no-messages-empty-500',
    ['errors.messages.shape', 'errors.status-class'],
    'An empty message list is a server fault.',
    ruled('messages-shape', (failure) => (failure.code === 'invalid_value' ? crash(failure) : failure)),
  ),
  must(
    'wrong-type-served',
    ['errors.wrong-type', 'errors.status-class'],
    'A temperature that is a word is ignored.',
    ruled('wrong-type', (failure) => (failure.param === 'temperature' ? undefined : failure)),
  ),
  must(
    'wrong-type-500',
    ['errors.wrong-type', 'errors.status-class'],
    'Tools that are no array are a server fault.',
    ruled('wrong-type', (failure) => (failure.param === 'tools' ? crash(failure) : failure)),
  ),
  must('unknown-param-500', ['errors.unknown-param', 'errors.status-class'], 'A member nobody knows makes the server fail.', {
    object: (body) => (known(body) ? undefined : crash(bad('member', null, 'Something went wrong.'))),
  }),
  should('type-absent', ['errors.type'], 'An error has no type.', errorJson(swap(/"type":"\w+",/, ''))),
  should('type-number', ['errors.type'], 'The type of an error is a number.', errorJson(swap(/"type":"\w+",/, '"type":7,'))),
  should('param-none', ['errors.param-key'], 'A null param is spelled "None".', errorJson(swap('"param":null', '"param":"None"'))),
  should('param-absent', ['errors.param-key'], 'An error has no param.', errorJson(swap(/,"param":(null|"[^"]*")/, ''))),
  should(
    'code-number',
    ['errors.code-key'],
    'The code of an error is the status.',
    errorJson((text, where) => text.replace(/"code":(null|"\w+")/, `"code":${where.status}`)),
  ),
  should('param-unnamed', ['errors.param-names-field'], 'param is null although one member is at fault.', {
    refuse: (failure) => ({ ...failure, param: null }),
  }),
  should(
    'validation-422',
    ['errors.status-400-not-422'],
    'Invalid values are answered 422.',
    ruled(VALIDATION, (failure) => ({ ...failure, status: 422 })),
  ),
  should(
    'message-traceback',
    ['errors.message-clean'],
    'Messages are stack traces.',
    errorJson(
      swap('"message":"', '"message":"Traceback (most recent call last):\\n  File \\"/srv/app/api/serve.py\\", line 88, in create\\n'),
    ),
  ),
  should(
    'stream-error-differs',
    ['errors.stream-parity'],
    'With stream: true an unknown model is answered 400 instead of 404.',
    ruled('unknown-model', (failure, where) => (where.stream ? { ...failure, status: 400 } : failure)),
  ),
  should(
    'unknown-path-detail',
    ['errors.path.unknown-body', 'errors.envelope'],
    'The body for an unknown path has only detail.',
    errorJson((text, where) => (where.kind === 'none' ? '{"detail":"Not Found"}' : text)),
  ),
  should('put-served', ['errors.method', 'errors.status-class'], 'PUT on the chat resource is answered 200.', ruled('method', pass)),
  should('put-crashes', ['errors.method', 'errors.status-class'], 'PUT on the chat resource is a server fault.', ruled('method', crash)),
  should(
    '405-without-allow',
    ['errors.method'],
    'A 405 does not say what is allowed.',
    ruled('method', (failure) => ({ ...failure, fields: [] })),
  ),
  should(
    'text-body-crashes',
    ['errors.media-type', 'errors.status-class'],
    'A body of type text/plain is a server fault.',
    ruled('media-type', crash),
  ),
  should(
    'unknown-model-served',
    ['errors.model-not-found', 'errors.status-class'],
    'Any model name is served.',
    ruled('unknown-model', pass),
  ),
  should(
    'unknown-model-code',
    ['errors.model-not-found-code'],
    'The error for an unknown model has another code.',
    ruled('unknown-model', (failure) => ({ ...failure, code: 'not_found' })),
  ),
  should(
    'choice-unchecked',
    ['errors.tool-choice.inconsistent', 'errors.status-class'],
    'tool_choice may name a function nobody declared.',
    ruled('choice', pass),
  ),
  should(
    'history-unchecked',
    ['errors.tool-history', 'errors.status-class'],
    'Tool results without a call are accepted.',
    ruled('history', (failure, where) => (where.kind === 'chat' ? undefined : failure)),
  ),
  should(
    'tools-unchecked',
    ['errors.tools.definition', 'errors.status-class'],
    'Tools with a broken schema are accepted.',
    ruled('tool', pass),
  ),
  should(
    'part-unchecked',
    ['chat.content-parts.unknown', 'errors.status-class'],
    'Content parts of unknown type are skipped.',
    ruled('part', pass),
  ),
]
