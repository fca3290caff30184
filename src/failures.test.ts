import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failureFiles } from './builtin/failures.ts'
import { loadBuiltins } from './builtin/load.ts'
import { explain } from './cli/commands/explain.ts'
import { findFault } from './reference/faults.ts'
import type { FaultTable } from './testing/fault-runs.ts'

/** So many distinct failures were found in public threads. Each has an answer here: none is left out because it is hard. */
const reported = 233

/** Where a tool misses more than one in five of what has hurt users, it tests what is easy to test and not what breaks. */
const leastCaught = 190

const { suites, catalog } = loadBuiltins()
const requirements = new Map(suites.flatMap((suite) => suite.requirements.map((entry) => [entry.id, entry])))
const table = JSON.parse(readFileSync(new URL('./fault-table.json', import.meta.url), 'utf8')) as FaultTable
const entries = failureFiles().flatMap(({ file, failures }) => Object.entries(failures).map(([id, failure]) => ({ file, id, failure })))
const caught = entries.flatMap(({ id, failure }) => (failure.caught ? [{ id, ...failure.caught }] : []))
const missed = entries.flatMap(({ id, failure }) => (failure.missed ? [{ id, ...failure.missed }] : []))

/** Ids of entries that break a rule, with what is wrong. */
const wrong = <Entry extends { readonly id: string }>(list: readonly Entry[], problem: (entry: Entry) => string | false | undefined) =>
  list.flatMap((entry) => {
    const found = problem(entry)
    return found ? [`${entry.id}: ${found}`] : []
  })

test('every reported failure has one answer', () => {
  expect(entries.filter(({ id }, index) => entries.findIndex((entry) => entry.id === id) !== index).map(({ id }) => id)).toEqual([])
  expect(entries.length).toBe(reported)
  expect(
    wrong(entries, ({ failure }) => (failure.caught === undefined) === (failure.missed === undefined) && 'not caught or missed'),
  ).toEqual([])
})

test('enough of them are caught', () => expect(caught.length).toBeGreaterThanOrEqual(leastCaught))

test('each says what happens, and where that was reported', () => {
  const isTold = ({ title, threads }: (typeof entries)[number]['failure']) =>
    title.length > 15 &&
    threads.length > 0 &&
    threads.every((url) => /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull|discussions)\/\d+/.test(url))
  expect(wrong(entries, ({ failure }) => !isTold(failure) && 'title or threads')).toEqual([])
})

test('what catches a failure exists, and accuses the endpoint that has it', () => {
  const problems = wrong(caught, (entry) => {
    const fault = findFault(entry.fault)
    if (!fault) return `there is no fault ${entry.fault}`
    if (!('requirement' in entry)) return undefined
    const requirement = requirements.get(entry.requirement)
    if (!requirement) return `there is no requirement ${entry.requirement}`
    const { findings = [], notes = [] } = table[entry.fault] ?? {}
    const lines = requirement.level === 'may' ? [...findings, ...notes] : findings
    return !lines.some((line) => line.split(' ')[1] === entry.requirement) && `${entry.fault} is not accused of ${entry.requirement}`
  })
  expect(problems).toEqual([])
})

test('where vendors contradict each other, an observation knows the value', () => {
  const known = new Map(catalog.observations.map(({ id, values }) => [id, Object.keys(values)]))
  expect(
    wrong(caught, (entry) => 'observation' in entry && !known.get(entry.observation)?.includes(entry.value) && 'no such observation'),
  ).toEqual([])
})

test('what is missed says why', () => {
  const isReason = (reason: string) => /^[A-Z`].{20,}\.$/s.test(reason)
  expect(
    wrong(missed, ({ why, reason }) => (!['not-testable', 'model-behaviour'].includes(why) || !isReason(reason)) && `${why}: ${reason}`),
  ).toEqual([])
})

test('a failure is explained by its id', async () => {
  const explained = async (id: string) => {
    let text = ''
    const terminal = { out: (more: string) => (text += more) } as unknown as Parameters<typeof explain>[1]
    await explain({ id, report: 'no-report.json' }, terminal)
    return text
  }
  const text = await explained('error-body-json-array')
  expect(text).toContain('caught    by requirement errors.envelope   MUST')
  expect(text).toContain('wirecheck run --profile full --fault error-array')
  expect(text).toContain('https://github.com/Gitlawb/openclaude/issues/67')
  expect(await explained('models-filter-hides-custom')).toContain('missed    not-testable: The filter is in the client')
  expect(await explained('models-list-context-missing')).toContain('told      by observation models-list-window, value none')
}, 30_000)
