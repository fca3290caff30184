import { expect, test } from 'vitest'
import type { ClientApi } from '../types.ts'
import type { Shape } from './observed.ts'
import { agreementPage } from './report.ts'
import type { Watched } from './report-observed.ts'

const turn = (client: string, fault: string, shape: Shape, api: ClientApi = 'chat') => ({
  client,
  chosen: { fault, api, model: 'reference' },
  observed: { shape, requests: 2, ms: 1 },
})
const run = { date: '2026-11-20', isolated: true }
const predicted = [
  {
    client: 'opencode-1.18',
    version: 'opencode 1.18.33',
    ...run,
    results: [
      { ...turn('opencode-1.18', 'fault-a', 'works'), predicted: { shape: 'works', symptom: 'works' } },
      { ...turn('opencode-1.18', 'fault-b', 'works'), predicted: { shape: 'works', symptom: 'works' } },
      { ...turn('opencode-1.18', 'fault-c', 'loops'), predicted: { shape: 'works', symptom: 'works' } },
    ],
  },
] as const
const codex: Watched = {
  client: 'codex',
  program: { name: 'Codex', package: '@openai/codex@0.169.0', apis: ['responses'], settings: 'no search' },
  reason: 'left out',
}
const pi: Watched = {
  client: 'pi',
  program: { name: 'pi', package: 'pi@1.0.0', apis: ['chat', 'responses'] },
  kept: {
    version: '1.0.0',
    ...run,
    results: [turn('pi', 'fault-a', 'works'), turn('pi', 'fault-b', 'hangs'), turn('pi', 'fault-d', 'retries', 'responses')],
  },
  reason: 'left out',
}
const page = (watched: readonly Watched[], own = {}) =>
  agreementPage({
    predicted,
    watched,
    beside: 'opencode-1.18',
    date: '2026-11-21',
    causes: { 'opencode-1.18 chat fault-c': 'Because.' },
    firstRun: { client: 'OpenCode', turns: 7, agreement: '85.7 %' },
    ...own,
  })

test('a miss has a row with its cause, and the figure of the first run is said', () => {
  const text = page([])
  expect(text).toContain('| opencode-1.18 | opencode 1.18.33 | 2026-11-20 | 3 | 1 | 2 | 66.6 % | 66.6 % | 0 |')
  expect(text).toContain('| opencode-1.18 | fault-c | chat | works (works) | loops | 2 | Because. |')
  expect(text.replaceAll('\n', ' ')).toContain('85.7 % of the 7 turns of OpenCode agreed')
})

test('programs without a prediction have counts, and a row where somebody does not come off', () => {
  const text = page([codex, pi])
  expect(text).toContain('| OpenCode | 1.18.33 | 2026-11-20 | chat | 3 | 2 | 0 | 0 | 0 | 0 | 1 | 0 |')
  expect(text).toContain('| pi | pi@1.0.0 | 2026-11-20 | chat | 2 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |')
  expect(text).toContain('| pi | pi@1.0.0 | 2026-11-20 | responses | 1 | 0 | 0 | 0 | 0 | 1 | 0 | 0 |')
  expect(text).toContain('With 1 of 4 faults, every turn')
  const rows = text.slice(text.indexOf('| fault | API | OpenCode | pi |')).trim().split('\n').slice(2)
  expect(rows).toEqual(['| fault-b | chat | works | wait |', '| fault-c | chat | loop |  |', '| fault-d | responses |  | retries |'])
})

test('a program that was not run is named as such, and has no column', () => {
  const text = page([codex])
  expect(text).toContain('**Codex was not run** (@openai/codex@0.169.0): left out.')
  expect(text).toContain('- Codex: no search.')
  expect(text).toContain('| fault | API | OpenCode |\n')
})

test('one run that could reach the network takes the sentence from the page', () => {
  expect(page([pi])).toContain('nothing but the loopback interface')
  expect(page([{ ...pi, kept: { version: '1.0.0', ...run, isolated: false, results: [] } }])).toContain('It was not isolated')
})
