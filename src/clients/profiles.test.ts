import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clientIds } from './client-ids.ts'
import { opencodeSymptoms } from './opencode-rules.ts'
import { clientProfiles } from './profiles.ts'
import { contentSymptoms, librarySymptoms } from './symptoms.ts'

const folders: Readonly<Record<string, string>> = {
  'ai 6': 'ai-6',
  'ai 7': 'ai-7',
  '@ai-sdk/openai 3': 'ai-sdk-openai-3',
  '@ai-sdk/openai 4': 'ai-sdk-openai-4',
  '@ai-sdk/openai-compatible 2': 'ai-sdk-openai-compatible-2',
  '@ai-sdk/openai-compatible 3': 'ai-sdk-openai-compatible-3',
  'openai 7': 'openai',
}

const installed = (folder: string): { name: string; version: string } =>
  JSON.parse(readFileSync(new URL(`../../node_modules/${folder}/package.json`, import.meta.url), 'utf8'))

test('the versions that a report names are those that are bundled', () => {
  for (const { packages } of clientProfiles)
    for (const [name, version] of Object.entries(packages)) {
      const found = installed(folders[`${name} ${version.split('.')[0]}`] ?? name)
      expect([found.name, found.version]).toEqual([name, version])
    }
})

test('every id has a profile', () => {
  expect(clientProfiles.map(({ id }) => id)).toEqual(clientIds)
})

test('every symptom says what is seen, and is named in kebab-case', () => {
  for (const [name, { sees }] of Object.entries({ ...contentSymptoms, ...librarySymptoms, ...opencodeSymptoms })) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(sees).not.toBe('')
  }
})
