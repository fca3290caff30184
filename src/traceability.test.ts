import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import suiteSchema from '../schemas/suite.json' with { type: 'json' }
import { registryText, suiteSchemaText } from './build/registry.ts'
import { loadBuiltins, loadSuiteFiles } from './builtin/load.ts'
import { checks } from './checks/index.ts'
import { budget } from './plan/budget.ts'
import { plan } from './plan/plan.ts'
import { lintSuites } from './suite/lint.ts'
import { parseYaml } from './suite/source-map.ts'
import { formatProblem } from './suite/suite-error.ts'
import type { Profile } from './types.ts'

const builtins = loadBuiltins()
const requirements = builtins.suites.flatMap((suite) => suite.requirements)
const probes = builtins.suites.flatMap((suite) => suite.probes)
const expected = new Set(probes.flatMap(({ steps }) => steps.flatMap(({ expect }) => expect)))
const folder = join(import.meta.dirname, 'checks')

/** Requirements on which schemas book violations. */
const shaped = new Set<string>()
const collect = (node: unknown): void => {
  if (typeof node !== 'object' || node === null) return
  for (const [name, value] of Object.entries(node)) {
    if (name === 'x-requirement') shaped.add(String(value))
    else collect(value)
  }
}
for (const document of builtins.shapes.documents.values()) collect(document)

test('the built-in suites pass their own linter', () => {
  const problems = lintSuites(loadSuiteFiles(), { checks, catalog: builtins.catalog, known: new Map() })
  expect(problems.map(formatProblem)).toEqual([])
})

test('every requirement is ambient or expected by a probe', () => {
  expect(requirements.filter(({ id, when }) => when === undefined && !expected.has(id)).map(({ id }) => id)).toEqual([])
})

test('every id of the catalogue is a requirement at its level, or is left out for a reason', () => {
  const read = (name: string) => parseYaml(readFileSync(join(import.meta.dirname, '../suites/catalog', name), 'utf8'), name).value
  const { requirements: catalogue, levels } = read('catalogue.yaml') as { [name: string]: Record<string, string> }
  const { excluded } = read('excluded.yaml') as { excluded: readonly { id: string; reason: string }[] }
  const ours = new Map(requirements.map(({ id, level }) => [id, level]))
  const left = excluded.map(({ id }) => id)
  const ids = Object.keys(catalogue ?? {})
  expect(ids).toHaveLength(300)
  expect(ids.filter((id) => ours.has(id) === left.includes(id))).toEqual([])
  expect(left.filter((id) => !ids.includes(id))).toEqual([])
  expect(left.length).toBeLessThanOrEqual(15)
  expect(excluded.filter(({ reason }) => !/^[A-Z].*[.]$/s.test(reason.trim())).map(({ id }) => id)).toEqual([])
  const changed = ids.filter((id) => ours.has(id) && ours.get(id) !== catalogue?.[id])
  expect(changed.sort()).toEqual(Object.keys(levels ?? {}).sort())
})

test('every requirement cites a source', () => {
  expect(requirements.filter(({ sources }) => sources.length === 0).map(({ id }) => id)).toEqual([])
})

test('every sentence is a sentence', () => {
  expect(requirements.filter(({ text }) => !/^[A-Z`].*[.]$/s.test(text)).map(({ id }) => id)).toEqual([])
})

test('every requirement says what breaks without it, and what else can look like that', () => {
  // names of clients and projects keep their case: n8n, openai-python
  const isSentence = (text = ''): boolean => /^[\p{L}`].{30,}[.]$/su.test(text)
  const wrong = requirements.flatMap(({ id, impact, confounder }) => [
    ...(isSentence(impact) ? [] : [`${id}: impact`]),
    ...(isSentence(confounder) ? [] : [`${id}: confounder`]),
  ])
  expect(wrong).toEqual([])
})

test('schemas book violations on requirements that exist', () => {
  const known = new Set(requirements.map(({ id }) => id))
  expect([...shaped].filter((id) => !known.has(id))).toEqual([])
})

test('every check is used', () => {
  const used = new Set(requirements.map(({ check }) => check.id))
  expect([...checks.keys()].filter((id) => !used.has(id))).toEqual([])
})

test('a check lives in the file of its name, and its test speaks of every code', () => {
  const files = readdirSync(folder)
  const wrong = [...checks.values()].flatMap(({ id, codes }) => {
    if (!files.includes(`${id}.ts`) || !files.includes(`${id}.test.ts`)) return [`${id} has no file or test of its name`]
    const text = readFileSync(join(folder, `${id}.test.ts`), 'utf8')
    return codes.filter((code) => !new RegExp(`[:'"\`]${code}['"\`]`).test(text)).map((code) => `${id}: code ${code} occurs in no test`)
  })
  expect(wrong).toEqual([])
})

test('the registry holds the files of the folder', () => {
  const names = (text: string) => [...text.matchAll(/from '\.\/([a-z0-9-]+)\.ts'/g)].map(([, name]) => name).sort()
  expect(names(readFileSync(join(folder, 'index.ts'), 'utf8'))).toEqual(names(registryText()))
})

test('editors are offered the checks that there are, by the schema of suites', () => {
  const { enum: ids, properties } = suiteSchema.$defs.check
  expect(ids).toEqual([...checks.keys()].sort())
  const withArgument = [...checks.values()].filter(({ args }) => args !== undefined).sort((one, other) => (one.id < other.id ? -1 : 1))
  expect(Object.entries(properties)).toEqual(withArgument.map(({ id, summary }) => [id, { description: summary }]))
  expect(suiteSchemaText()).toBe(readFileSync(join(import.meta.dirname, '../schemas/suite.json'), 'utf8'))
})

test('every step expects that the answer has its shape, or is refused in the right form', () => {
  // both are ambient here, so that no probe can forget them
  const ambient = requirements.filter(({ when }) => when !== undefined).map(({ id }) => id)
  expect(ambient).toEqual(expect.arrayContaining(['wire.shape', 'errors.envelope']))
})

test('a default run stays inside its budget', () => {
  const price = budget(plan({ suites: builtins.suites, selectors: [], profiles: [], catalog: builtins.catalog }).probes)
  expect(price.requests.least).toBeLessThanOrEqual(90)
  expect(price.outputTokens.least).toBeLessThanOrEqual(9000)
})

test('a smoke run is short, and every probe that it lists exists', () => {
  const { probes: listed = [], core, extended } = builtins.catalog.profiles.find(({ id }) => id === 'smoke') as Profile
  const chosen = plan({ suites: builtins.suites, selectors: [], profiles: ['smoke'], catalog: builtins.catalog }).probes
  expect(budget(chosen).requests.least).toBeLessThanOrEqual(8)
  expect(listed.filter((id) => !chosen.some((probe) => probe.id === id))).toEqual([])
  expect(chosen.map(({ capability }) => capability).filter((id) => ![...core, ...extended].includes(id))).toEqual([])
})

test('every generating request has a cap, or its reader hangs up after so many events', () => {
  const uncapped = probes.flatMap(({ id, steps }) =>
    steps
      .filter(
        ({ endpoint, body, breaks }) =>
          /^POST \/(chat\/completions|completions|responses)$/.test(endpoint) && body !== undefined && breaks === undefined,
      )
      .filter(({ body, read }) => read.stopAfterEvents === undefined && !/max_(completion_|output_)?tokens/.test(JSON.stringify(body)))
      .map(() => id),
  )
  expect([...new Set(uncapped)]).toEqual([])
})

test('at most two requests with a wrong key per run', () => {
  // where no key is needed none is wrong
  const keyed = probes.filter(({ requires }) => !requires.includes('!key'))
  expect(keyed.flatMap(({ steps }) => steps.filter(({ auth }) => auth === 'wrong')).length).toBeLessThanOrEqual(2)
})

test('nothing is forbidden and tolerated at once', () => {
  const forbidden = /never|no-markup|no-secret|id-stable|id-unique/
  expect(requirements.filter(({ id, tolerate }) => tolerate !== undefined && forbidden.test(id)).map(({ id }) => id)).toEqual([])
})
