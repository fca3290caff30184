import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import schema from '../../schemas/suite.json' with { type: 'json' }
import { createSuiteLoader, readText } from './load.ts'
import { parseYaml } from './source-map.ts'
import { formatProblem, SuiteError } from './suite-error.ts'

const load = createSuiteLoader(schema)
const problems = (act: () => unknown): string[] => {
  try {
    act()
  } catch (error) {
    if (error instanceof SuiteError) return error.problems.map(formatProblem)
    throw error
  }
  return []
}
const wrong = (text: string) => problems(() => load(text, 'own.yaml'))

const minimal = `suite: own
title: Own rules
requirements:
  own.rule:
    level: must
    text: The answer has a name.
    check: { status: { is: [200] } }
probes:
  first:
    title: first
    capability: chat
    request: { endpoint: POST /chat/completions, body: { model: "{{model.chat}}" } }
    expect: [own.rule]
`

test('a suite is read, with the place of everything', () => {
  const { suite, place } = load(minimal, 'own.yaml')
  expect(suite).toMatchObject({ id: 'own', title: 'Own rules', file: 'own.yaml', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) })
  expect(suite.requirements).toEqual([
    {
      id: 'own.rule',
      level: 'must',
      text: 'The answer has a name.',
      sources: [],
      check: { id: 'status', args: { is: [200] } },
      requires: [],
      origin: { file: 'own.yaml', line: 4 },
    },
  ])
  expect(suite.probes).toMatchObject([
    { id: 'own/first', origin: { file: 'own.yaml', line: 9 }, steps: [{ endpoint: 'POST /chat/completions', expect: ['own.rule'] }] },
  ])
  expect([
    place('/requirements/own.rule/level'),
    place('/requirements/own.rule/level', true),
    place('/requirements/own.rule/none'),
  ]).toEqual([
    { line: 5, column: 12 },
    { line: 5, column: 5 },
    { line: 5, column: 5 },
  ])
})

test('the digest is that of the bytes', () => {
  expect(load(minimal, 'a').suite.digest).toBe(load(minimal, 'b').suite.digest)
  expect(load(`${minimal}\n`, 'a').suite.digest).not.toBe(load(minimal, 'a').suite.digest)
})

test('JSON is accepted, and places are right in it', () => {
  const json = JSON.stringify(parseYaml(minimal, 'x').value, null, 2)
  const { suite } = load(json, 'own.json')
  expect([suite.id, suite.requirements[0]?.origin.line]).toEqual(['own', 5])
  expect(wrong(json.replace('"must"', '"most"'))).toEqual([
    'own.yaml:6:16  /requirements/own.rule/level is none of "must", "should", "may"',
  ])
})

test.each([
  ['a colon too many', 'suite: a: b\n', /^own\.yaml:1:\d+ {2}Nested mappings/],
  ['an open bracket', 'suite: own\ntitle: [x\n', /^own\.yaml:3:1 {2}Flow sequence/],
  ['a tab', 'suite: own\nprobes:\n\tfirst: 1\n', /^own\.yaml:3:\d+ {2}Tabs are not allowed/],
  ['two documents', 'suite: own\n---\nsuite: other\n', /^own\.yaml:2:1 {2}Source contains multiple documents/],
  ['an alias without its anchor', 'suite: own\ntitle: *none\n', /^own\.yaml:2:8 {2}alias \*none has no anchor before it$/],
  ['a name twice', 'suite: own\ntitle: a\ntitle: b\n', /^own\.yaml:3:1 {2}Map keys must be unique/],
])('a syntax error has its place: %s', (_, text, message) => {
  expect(wrong(text)[0]).toMatch(message)
})

test.each([
  ['nothing', '', 'own.yaml:1:1  the file must be object'],
  ['a list', '- a\n', 'own.yaml:1:1  the file must be object'],
  ['a member that is missing', 'suite: own\n', 'own.yaml:1:1  the file lacks "title"'],
  ['a member that is unknown', `${minimal}probs: {}\n`, 'own.yaml:14:1  unknown member "probs"; did you mean "probes"?'],
  ['one that resembles nothing', `${minimal}xyzzy: {}\n`, 'own.yaml:14:1  unknown member "xyzzy"'],
  ['one with a slash', `${minimal}a/b~c: {}\n`, 'own.yaml:14:1  unknown member "a/b~c"'],
  ['one inside a probe', minimal.replace('    expect:', '    expects:'), 'own.yaml:13:5  unknown member "expects"; did you mean "expect"?'],
  ['a value of the wrong type', minimal.replace('[own.rule]', 'own.rule'), 'own.yaml:13:13  /probes/first/expect must be array'],
  ['an unknown word', minimal.replace('must', 'shall'), 'own.yaml:5:12  /requirements/own.rule/level is none of "must", "should", "may"'],
  [
    'a name that is none',
    minimal.replace('own.rule:', 'Own_Rule:'),
    'own.yaml:4:3  the name "Own_Rule" must match pattern "^[a-z][a-z0-9]*([.-][a-z0-9]+)*$"',
  ],
  [
    'an endpoint without a path',
    minimal.replace('POST /chat', 'POST chat'),
    'own.yaml:12:26  /probes/first/request/endpoint must match pattern "^[A-Z]+ /"',
  ],
  [
    'two checks',
    minimal.replace('{ status: { is: [200] } }', '{ a: 1, b: 2 }'),
    'own.yaml:7:12  /requirements/own.rule/check must NOT have more than 1 properties',
  ],
  [
    'a host in an endpoint',
    minimal.replace('POST /chat/completions', 'POST http://evil.example/x'),
    'own.yaml:12:26  /probes/first/request/endpoint must match pattern "^[A-Z]+ /"',
  ],
])('the schema names the place: %s', (_, text, message) => {
  expect(wrong(text)).toEqual([message])
})

test('every problem is told at once', () => {
  expect(wrong(minimal.replace('must', 'shall').replace('    expect:', '    expects:'))).toHaveLength(2)
})

test('anchors, aliases and merge keys are resolved, and mistakes behind them are placed', () => {
  const text = `suite: own
title: Own
shared:
  base: &base { capability: chat, expect: [own.rule] }
  body: &body { model: m, max_tokens: { $cap: 16 } }
probes:
  one: { <<: *base, title: one, request: { endpoint: POST /x, body: *body } }
  two: { <<: *base, title: two, capability: tools, request: { endpoint: POST /x, body: { <<: *body, n: 2 } } }
`
  const { probes } = load(text, 'own.yaml').suite
  expect(probes.map(({ capability }) => capability)).toEqual(['chat', 'tools'])
  expect(probes.map(({ steps }) => steps[0]?.body)).toEqual([
    { model: 'm', max_tokens: { $cap: 16 } },
    { model: 'm', max_tokens: { $cap: 16 }, n: 2 },
  ])
  expect(wrong(text.replace('capability: chat', 'capability: 5'))[0]).toMatch(
    /^own\.yaml:7:\d+ {2}\/probes\/one\/capability must be string/,
  )
})

test('a bomb of aliases is refused by name', () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `  a${level}: &a${level} [${level === 0 ? 'x' : Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`,
  )
  expect(wrong(`suite: own\ntitle: x\nshared:\n${levels.join('\n')}\n`)).toEqual([
    expect.stringMatching(/^own\.yaml:1:1 {2}too many aliases/),
  ])
  expect(wrong('suite: own\ntitle: x\nshared: &a { a: *a }\n')).toEqual(['own.yaml:3:17  alias *a stands inside what it names'])
})

test('a file of five megabytes is read, and its mistakes have places', () => {
  const body = Array.from({ length: 25_000 }, (_, index) => `    - { role: user, content: "${'x'.repeat(170)} ${index}" }`).join('\n')
  const text = `${minimal}shared:\n  large:\n${body}\n`
  expect(text.length).toBeGreaterThan(5_000_000)
  expect(load(text, 'own.yaml').suite.probes).toHaveLength(1)
  expect(wrong(`${text}oops: 1\n`)).toEqual(['own.yaml:25016:1  unknown member "oops"'])
})

test('a file that cannot be read is a problem of the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirecheck-suite-'))
  try {
    const file = join(folder, 'own.yaml')
    expect(problems(() => readText(file))).toEqual([`${file}:1:1  no such file`])
    writeFileSync(file, '\uFEFFsuite: own\r\ntitle: x\r\n')
    expect(load(readText(file), file).suite.id).toBe('own')
    expect(problems(() => readText(folder))).toEqual([expect.stringContaining(`${folder}:1:1  cannot be read`)])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
