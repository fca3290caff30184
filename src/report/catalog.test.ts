import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Capability, Profile } from '../types.ts'

const read = (name: string) => parse(readFileSync(new URL(`../../suites/catalog/${name}.yaml`, import.meta.url), 'utf8'))
const capabilities: readonly Capability[] = read('capabilities').capabilities
const { edition, profiles }: { edition: unknown; profiles: readonly Profile[] } = read('profiles')
const ids = capabilities.map(({ id }) => id)

test('41 capabilities, each once, each with a question', () => {
  expect(new Set(ids).size).toBe(41)
  for (const { title, question } of capabilities) expect([title.length > 3, question.endsWith('?')]).toEqual([true, true])
})

test('the edition is a text, not a number', () => expect(edition).toBe('2026.1'))

test('profiles name capabilities that exist, each in one part only', () => {
  expect(profiles.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['chat', 'agent', 'responses', 'opencode', 'embeddings', 'completions']),
  )
  for (const { core, extended } of profiles) {
    const named = [...core, ...extended]
    expect(named.filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
    expect(core.length).toBeGreaterThan(0)
  }
})
