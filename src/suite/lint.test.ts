import { expect, test } from 'vitest'
import schema from '../../schemas/suite.json' with { type: 'json' }
import type { AnyCheck, Catalog, Requirement } from '../types.ts'
import { lintSuites } from './lint.ts'
import { createSuiteLoader } from './load.ts'
import { formatProblem } from './suite-error.ts'

const load = createSuiteLoader(schema)
const check = (id: string, args?: object): AnyCheck => ({
  id,
  summary: id,
  codes: [],
  needs: 'any',
  over: 'exchange',
  ...(args ? { args } : {}),
  judge: () => ({ kind: 'unobserved', reason: '' }),
})
const statusArgs = {
  type: 'object',
  required: ['is'],
  additionalProperties: false,
  properties: { is: { type: 'array', items: { type: 'integer' } }, also: {} },
}
const checks = new Map([check('shape'), check('stream-done'), check('status', statusArgs)].map((each) => [each.id, each]))
const catalog: Catalog = {
  edition: '1',
  capabilities: ['chat', 'chat.stream', 'tools'].map((id) => ({ id, title: id, question: id })),
  profiles: [],
  endpoints: [],
  observations: [],
}
const known = new Map([['wire.shape', {} as Requirement]])

const lint = (...texts: string[]) =>
  lintSuites(
    texts.map((text, index) => load(text, `${index}.yaml`)),
    { checks, catalog, known },
  ).map(formatProblem)

const suite = (requirements: string, probes: string, name = 'own') =>
  `suite: ${name}\ntitle: Own\nrequirements:\n${requirements}\nprobes:\n${probes}\n`
const rule = '  own.rule: { level: must, text: The rule of this suite., check: shape }'
const probe = '  first: { title: x, capability: chat, request: { endpoint: GET /models }, expect: [own.rule, wire.shape] }'
const own = suite(rule, probe)

test('a good suite', () => {
  expect(lint(own)).toEqual([])
})

test.each([
  ['a requirement', own.replace('wire.shape', 'wire.shap'), '0.yaml:6:95  unknown requirement "wire.shap"; did you mean "wire.shape"?'],
  ['a requirement that resembles none', own.replace('wire.shape', 'qqqqqqqq'), '0.yaml:6:95  unknown requirement "qqqqqqqq"'],
  ['a check', own.replace('check: shape', 'check: shap'), '0.yaml:4:66  unknown check "shap"; did you mean "shape"?'],
  [
    'a check with an argument',
    own.replace('check: shape', 'check: { statos: { is: [1] } }'),
    '0.yaml:4:68  unknown check "statos"; did you mean "status"?',
  ],
  [
    'the capability of a probe',
    own.replace('capability: chat', 'capability: chatt'),
    '0.yaml:6:34  unknown capability "chatt"; did you mean "chat"?',
  ],
  [
    'the capability of a requirement',
    own.replace('level: must', 'level: must, capability: tols'),
    '0.yaml:4:40  unknown capability "tols"; did you mean "tools"?',
  ],
])('an unknown name is placed, with the one that was meant: %s', (_, text, problem) => {
  expect(lint(text)).toEqual([problem])
})

test.each([
  ['an argument that is missing', '{ status: {} }', '0.yaml:4:68  check "status": the argument lacks "is"'],
  [
    'an argument that is unknown',
    '{ status: { is: [200], als: [] } }',
    '0.yaml:4:89  check "status": unknown member "als"; did you mean "also"?',
  ],
  ['an argument of the wrong type', '{ status: { is: 200 } }', '0.yaml:4:78  check "status": /is must be array'],
  ['no argument where one is needed', 'status', '0.yaml:4:59  check "status": the argument lacks "is"'],
  ['an argument where none is taken', '{ shape: 1 }', '0.yaml:4:68  check "shape" takes no argument'],
])('%s', (_, text, problem) => {
  expect(lint(own.replace('check: shape', `check: ${text}`))).toEqual([problem])
})

test('an id is used once, within a file, between files and beside the built-in ones', () => {
  expect(lint(own, suite(rule, probe, 'other'))).toEqual(['1.yaml:4:3  requirement "own.rule" exists already'])
  expect(lint(suite(rule.replace('own.rule', 'wire.shape'), probe.replace('own.rule, ', '')))).toEqual([
    '0.yaml:4:3  requirement "wire.shape" exists already',
  ])
  expect(lint(own, suite(rule.replace('own.rule', 'own.more'), probe))).toEqual(['1.yaml:1:8  suite "own" exists already'])
})

test('a probe may expect what another file defines, before or behind it', () => {
  const other = suite(rule.replace('own.rule', 'other.rule'), probe, 'other')
  const user = own.replace('wire.shape', 'other.rule')
  expect(lint(other, user)).toEqual([])
  expect(lint(user, other)).toEqual([])
})

test('a probe has a request or steps, and expects something', () => {
  const both =
    '  first: { title: x, capability: chat, request: { endpoint: GET /a }, steps: [{ request: { endpoint: GET /a } }], expect: [own.rule] }'
  expect(lint(suite(rule, both))).toEqual(['0.yaml:6:10  a probe has either "request" or "steps"'])
  expect(lint(suite(rule, '  first: { title: x, capability: chat, expect: [own.rule] }'))).toEqual([
    '0.yaml:6:10  a probe has either "request" or "steps"',
  ])
  expect(lint(suite(rule, '  first: { title: x, capability: chat, request: { endpoint: GET /a } }'))).toEqual([
    '0.yaml:6:3  probe "first" expects nothing',
  ])
})

const steps = (first: string, second: string) =>
  suite(rule, `  first:\n    title: x\n    capability: chat\n    expect: [own.rule]\n    steps:\n      - ${first}\n      - ${second}`)
const captures = '{ request: { endpoint: GET /a }, capture: { call-id: /id } }'

test('what an earlier step captures may be used', () => {
  const used =
    '{ request: { endpoint: "GET /a/{{call-id}}", headers: { x: "{{ nonce }}" }, body: [{ $use: call-id }, { $splice: call-id }, "{{model.chat}} {{call-id}}"] } }'
  expect(lint(steps(captures, used))).toEqual([])
})

test.each([
  ['by the step itself', '{ request: { endpoint: GET /a, body: "{{call-id}}" }, capture: { call-id: /id } }'],
  ['before it', '{ request: { endpoint: GET /a, body: { a: [{ $use: call-id }] } } }'],
  ['in the path', '{ request: { endpoint: "GET /{{call-id}}/{{call-id}}" } }'],
  ['in a header', '{ request: { endpoint: GET /a, headers: { a: "{{call-id}}" } } }'],
  ['in bytes', '{ request: { endpoint: GET /a, raw: "{{call-id}}" } }'],
])('a capture that does not exist yet is named once: %s', (_, first) => {
  expect(lint(steps(first, captures))).toEqual(['0.yaml:11:20  "call-id" is not captured by an earlier step'])
})

test('a name that was misspelt, in steps and in a single request', () => {
  expect(lint(steps(captures, '{ request: { endpoint: GET /a, body: "{{call_id}}" } }'))).toEqual([
    '0.yaml:12:20  "call_id" is not captured by an earlier step; did you mean "call-id"?',
  ])
  const single = own.replace('endpoint: GET /models', 'endpoint: GET /models, body: "{{model.chatt}}"')
  expect(lint(single)).toEqual(['0.yaml:6:49  "model.chatt" is not captured by an earlier step; did you mean "model.chat"?'])
})

test('what only looks like a name is none', () => {
  expect(lint(own.replace('endpoint: GET /models', `endpoint: GET /models, raw: '{{"a": 1}} {{}} {{1}}'`))).toEqual([])
})

test('bodies that aliases make large are walked once', () => {
  const large = Array.from({ length: 3000 }, () => 'x').join(', ')
  const text = `suite: own\ntitle: Own\nshared: { large: &large [${large}] }\nrequirements:\n${rule}\nprobes:\n  first: { title: x, capability: chat, request: { endpoint: GET /a, body: [${Array.from({ length: 1900 }, () => '*large').join(', ')}, "{{none}}"] }, expect: [own.rule] }\n`
  expect(lint(text)).toHaveLength(1)
})

test.each([
  ['a way out of the base URL', 'endpoint: GET /../x', '"..", "//"'],
  ['an encoded way out', 'endpoint: GET /a/%2E%2e/x', '"..", "//"'],
  ['another host', 'endpoint: GET //evil.example/x', '"..", "//"'],
  ['the host header', 'endpoint: GET /models, headers: { Host: evil.example }', 'the header "Host" is set by the connection'],
  ['a body without end', 'endpoint: POST /x, body: { a: { $repeat: { text: x, bytes: 99999999999 } } }', '$repeat takes'],
  ['no repetition', 'endpoint: POST /x, body: { a: { $repeat: 5 } }', '$repeat takes'],
  ['more windows than anybody needs', 'endpoint: POST /x, body: { a: { $repeat: { text: x, windows: 9 } } }', '$repeat takes'],
  ['two sizes', 'endpoint: POST /x, body: { a: { $repeat: { text: x, windows: 2, bytes: 5 } } }', '$repeat takes'],
  ['a negative nonce', 'endpoint: POST /x, body: { a: { $nonce: -5 } }', '$nonce takes'],
  ['a cap that is a word', 'endpoint: POST /x, body: { a: { $cap: many } }', '$cap takes'],
])('%s is refused with its place', (_, request, message) => {
  const [problem, ...others] = lint(suite(rule, `  first: { title: x, capability: chat, request: { ${request} }, expect: [own.rule] }`))
  expect(others).toEqual([])
  expect(problem).toMatch(/^0\.yaml:\d+:\d+ /)
  expect(problem).toContain(message)
})

test.each(['baseline: true', 'connection: same'])('%s and several copies do not go together', (own) => {
  const text = `  first: { title: x, capability: chat, ${own}, parallel: 2, request: { endpoint: GET /models }, expect: [own.rule] }`
  expect(lint(suite(rule, text))).toEqual([expect.stringContaining('is not sent several times at once')])
})
