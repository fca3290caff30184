import { expect, test } from 'vitest'
import { loadCatalog } from './catalog.ts'

const capabilities = 'capabilities:\n  - { id: chat, title: Chat, question: Does it chat? }\n'
const profiles = (core: string) => `edition: "1"\nprofiles:\n  - { id: chat, title: Chat, core: [${core}], extended: [] }\n`
const endpoints = 'endpoints:\n  - { endpoint: POST /chat/completions, json: chat.completion }\n'
const observations = 'observations:\n  - { id: odd, title: Odd, question: Is it odd?, values: { yes: It is. } }\n'

test('a catalog is read', () => {
  expect(loadCatalog({ capabilities, profiles: profiles('chat'), endpoints, observations })).toEqual({
    edition: '1',
    capabilities: [{ id: 'chat', title: 'Chat', question: 'Does it chat?' }],
    profiles: [{ id: 'chat', title: 'Chat', core: ['chat'], extended: [] }],
    endpoints: [{ endpoint: 'POST /chat/completions', json: 'chat.completion' }],
    observations: [{ id: 'odd', title: 'Odd', question: 'Is it odd?', values: { yes: 'It is.' } }],
  })
})

test('a profile names capabilities that exist', () => {
  expect(() => loadCatalog({ capabilities, profiles: profiles('chat, cat'), endpoints, observations })).toThrow(
    'suites/catalog/profiles.yaml:3:5  unknown capability "cat"',
  )
})
