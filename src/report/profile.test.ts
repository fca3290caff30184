import { expect, test } from 'vitest'
import type { Support } from '../types.ts'
import { profileReport } from './profile.ts'
import type { Cell } from './support.ts'

const cell = (id: string, support: Support, more: Partial<Cell> = {}): Cell => ({
  report: { id, title: id, support, findings: [], tally: { pass: 1 } },
  refused: false,
  undecided: false,
  touched: support !== 'unknown',
  ...more,
})

const judged = (core: readonly Cell[], extended: readonly Cell[] = []) => {
  const ids = (cells: readonly Cell[]) => cells.map(({ report }) => report.id)
  return profileReport({ id: 'p', title: 'P', core: ids(core), extended: ids(extended) }, [...core, ...extended])
}

test('everything full succeeds', () =>
  expect(judged([cell('a', 'full'), cell('b', 'full')])).toMatchObject({
    summary: 'Core succeeded.',
    core: { result: 'success', capabilities: ['a', 'b'], tally: { pass: 2 } },
  }))

test('advice does not fail a core', () =>
  expect(judged([cell('a', 'full'), cell('b', 'partial')])).toMatchObject({
    summary: 'Core succeeded with warnings in b.',
    core: { result: 'success' },
  }))

test('what was refused in part, not judged, or left open makes it partial', () =>
  expect(
    judged([cell('a', 'partial', { refused: true }), cell('b', 'unknown'), cell('c', 'unknown'), cell('d', 'full', { undecided: true })]),
  ).toMatchObject({
    summary: 'Core is partial: a is refused in part, b and c were not judged, d was judged only in part.',
    core: { result: 'partial' },
  }))

test('broken fails, and so does what is not there', () => {
  expect(judged([cell('a', 'broken'), cell('b', 'none'), cell('c', 'unknown')])).toMatchObject({
    summary: 'Core failed: a is broken, b is not supported, c was not judged.',
    core: { result: 'failure' },
  })
  expect(judged([cell('a', 'none')])).toMatchObject({
    summary: 'Core is not offered: a is not supported.',
    core: { result: 'failure' },
  })
})

test('extended is judged over what the target did not refuse', () => {
  const core = [cell('a', 'full')]
  expect(judged(core, [cell('b', 'full'), cell('c', 'none'), cell('d', 'unknown')])).toMatchObject({
    summary: 'Core succeeded; 1 of 3 extended capabilities supported, c not supported, 1 not judged.',
    extended: { result: 'success', supported: ['b'], unsupported: ['c'] },
  })
  expect(judged(core, [cell('b', 'broken')]).extended).toMatchObject({ result: 'failure', supported: [], unsupported: [] })
  expect(judged(core, [cell('b', 'unknown', { touched: true })]).extended.result).toBe('partial')
  expect(judged(core, [cell('b', 'none')]).extended.result).toBe('partial')
})
