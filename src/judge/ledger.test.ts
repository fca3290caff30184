import { expect, test } from 'vitest'
import { held, unobserved, violated } from '../checks/define-check.ts'
import { requirement } from '../testing/exchanges.ts'
import { json } from '../testing/transcript.ts'
import type { Violation } from '../types.ts'
import { addUsage, bookViolations, count, keepForRun, openLedger } from './ledger.ts'
import type { Count } from './verdict.ts'

const facts = { traits: new Set<never>(), found: [], endpoints: [], plainRefusals: new Map<never, string>() }
const rule = requirement({ id: 'r', level: 'should', check: { id: 'c', args: undefined } })
const bad: Violation = { code: 'bad', at: { in: 'end' } }

test('an open ledger is empty', () => {
  const { facts: known, declares, polls, ...rest } = openLedger(facts, ['vision'])
  expect([known, declares, polls]).toEqual([facts, ['vision'], []])
  expect(rest).toEqual({
    sightings: [],
    harness: [],
    totals: new Map(),
    runViews: new Map(),
    usage: { requests: 0, inputTokens: 0, outputTokens: 0 },
  })
})

test('outcomes are counted, and the last reason is kept', () => {
  const counts = new Map<string, Count>()
  for (const outcome of [held(3), violated(bad), violated(bad), unobserved('first'), unobserved('last')]) count(counts, 'r', outcome)
  count(counts, 's', held(1))
  expect([...counts]).toEqual([
    ['r', { held: 1, violated: 2, reason: 'last' }],
    ['s', { held: 1, violated: 0, reason: undefined }],
  ])
})

const booked = (...args: [outcome: Parameters<typeof bookViolations>[3], expected?: boolean]) => {
  const ledger = openLedger(facts, [])
  const views = [1, 2].map((step) => json('POST /chat/completions', {}, { step }))
  const [first, last] = views as [(typeof views)[0], (typeof views)[0]]
  bookViolations(ledger, rule, 'tools', args[0], last, [first, last], ...args.slice(1).map(Boolean))
  return ledger.sightings.map(({ level, violation, witness, expected }) => [level, violation.code, witness.step, expected])
}

test('violations at their level, notes at may, each on its own view', () => {
  expect(booked(violated(bad, { ...bad, code: 'worse', view: 0 }, { ...bad, view: 9 }))).toEqual([
    ['should', 'bad', 2, false],
    ['should', 'worse', 1, false],
    ['should', 'bad', 2, false],
  ])
  expect(booked(held(1, [bad]), true)).toEqual([['may', 'bad', 2, true]])
  expect(booked(held(1))).toEqual([])
  expect(booked(unobserved('no'))).toEqual([])
})

test('what a check over the run will see is kept in order', () => {
  const ledger = openLedger(facts, [])
  const views = [0, 1].map((step) => json('POST /chat/completions', { a: 1 }, { step }))
  for (const view of views) keepForRun(ledger, 'r', view)
  expect(ledger.runViews.get('r')).toEqual(views)
})

const used = (body: unknown, status = 200) => {
  const usage = { requests: 7, inputTokens: 100, outputTokens: 200 }
  addUsage(usage, json('POST /chat/completions', body, { status }))
  return [usage.requests, usage.inputTokens - 100, usage.outputTokens - 200]
}

test('tokens are added under the names of either API', () => {
  expect(used({ usage: { prompt_tokens: 3, completion_tokens: 4 } })).toEqual([7, 3, 4])
  expect(used({ usage: { input_tokens: 5, output_tokens: 6 } }, 299)).toEqual([7, 5, 6])
})

test.each([
  ['text', { prompt_tokens: '3', completion_tokens: '4' }],
  ['negative', { prompt_tokens: -3, completion_tokens: -4 }],
  ['null', null],
  ['nothing', undefined],
])('tokens that are none: %s', (_, usage) => expect(used({ usage })).toEqual([7, 0, 0]))

test('no tokens of what was no success, and of what is no object', () => {
  for (const status of [199, 300, 400]) expect(used({ usage: { prompt_tokens: 3, completion_tokens: 4 } }, status)).toEqual([7, 0, 0])
  expect(used(null)).toEqual([7, 0, 0])
})
