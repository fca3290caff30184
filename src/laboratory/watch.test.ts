import { expect, test } from 'vitest'
import { type Chosen, relevantFaults } from './choose.ts'
import type { Observed, Shape } from './observed.ts'
import { type Ask, forApis, watchProgram } from './watch.ts'

const all = [...relevantFaults('chat'), ...relevantFaults('responses')]
const few: readonly Chosen[] = ['no-done', 'stream-empty', 'truncated'].map((fault) => ({ fault, api: 'chat', model: 'reference' }))

/** Answers by fault, one after the other; the last one stays. */
const scripted = (script: Readonly<Record<string, readonly Shape[]>>): { readonly ask: Ask; readonly asked: string[] } => {
  const asked: string[] = []
  const ask: Ask = async ({ fault }) => {
    const list = script[fault] ?? ['works']
    const before = asked.filter((each) => each === fault).length
    asked.push(fault)
    return {
      shape: list[Math.min(before, list.length - 1)] as Shape,
      requests: 1,
      ms: 1,
      error: 'no /home/somebody/file here',
    } satisfies Observed
  }
  return { ask, asked }
}

test('a program is asked under the faults of the APIs that it speaks', () => {
  expect(new Set(forApis(all, ['responses']).map(({ api }) => api))).toEqual(new Set(['responses']))
  expect(forApis(all, ['chat', 'responses'])).toHaveLength(all.length)
  expect(forApis(all, ['chat']).length + forApis(all, ['responses']).length).toBe(all.length)
})

test('every fault is asked once', async () => {
  const { ask, asked } = scripted({ 'stream-empty': ['error'] })
  const results = await watchProgram('pi', ['chat'], few, ask)
  expect(asked).toEqual(['', 'no-done', 'stream-empty', 'truncated'])
  expect(Array.isArray(results) && results.map(({ observed }) => observed.shape)).toEqual(['works', 'error', 'works'])
})

test('a wait is booked only when it comes again, after all others', async () => {
  const { ask, asked } = scripted({ 'no-done': ['hangs', 'works'], 'stream-empty': ['hangs', 'hangs'] })
  const results = await watchProgram('pi', ['chat'], few, ask)
  expect(asked).toEqual(['', 'no-done', 'stream-empty', 'truncated', 'no-done', 'stream-empty'])
  expect(
    Object.fromEntries(
      (results as []).map(({ chosen, observed }: { chosen: Chosen; observed: Observed }) => [chosen.fault, observed.shape]),
    ),
  ).toEqual({
    'no-done': 'works',
    'stream-empty': 'hangs',
    truncated: 'works',
  })
})

test('a program that did not get as far as asking is asked again', async () => {
  let tries = 0
  const ask: Ask = async ({ fault }) => {
    if (fault === 'truncated') tries += 1
    return { shape: 'error', ...(fault === '' ? { shape: 'works' } : {}), requests: fault === 'truncated' && tries === 1 ? 0 : 1, ms: 1 }
  }
  const results = await watchProgram('pi', ['chat'], few, ask)
  expect(tries).toBe(2)
  expect(Array.isArray(results) && results.map(({ observed }) => observed.requests)).toEqual([1, 1, 1])
})

test('a program that does not come off without a fault is not run', async () => {
  const broken = scripted({ '': ['error'] })
  expect(await watchProgram('pi', ['chat'], few, broken.ask)).toContain('honest endpoint either (chat): error no (path) here')
  expect(broken.asked).toEqual(['', ''])
  const slow = scripted({ '': ['hangs', 'works'] })
  expect(await watchProgram('pi', ['chat'], few, slow.ask)).toHaveLength(3)
})
