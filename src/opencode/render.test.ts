import { expect, test } from 'vitest'
import { load } from '../index.ts'
import { plainPalette } from '../render/palette.ts'
import { project, withProvider, worldOf } from '../testing/opencode.ts'
import { createShortener, describeSecret } from './describe.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { createRules } from './lint.ts'
import { diagnosisJson, diagnosisSarif } from './render-data.ts'
import { renderDiagnosis } from './render-pretty.ts'
import { unseen } from './unseen.ts'

const files = {
  [project]: withProvider(
    {
      options: { baseURL: 'http://127.0.0.1:8000/v1/chat/completions', apiKey: '{env:ACME_KEY}' },
      models: { 'qwen3-8b': { tools: true } },
    },
    { model: 'acme/qwen3-8b' },
  ),
  '/users/ann/.config/opencode/config.toml': '',
}
const world = worldOf({ files, env: { ACME_KEY: 'sk-secret-0123456789' } })
const offline = (): Promise<Diagnosis> => diagnose({ world, offline: true, file: '', curl: () => '' })

test('one screen: what would be used, the causes with their patches, and what else is wrong', async () => {
  const shown = renderDiagnosis(await offline(), { palette: plainPalette, width: 100, world, verbose: false })
  expect(shown).toMatchInlineSnapshot(`
    "
      OpenCode 1.18  acme/qwen3-8b
         read    opencode.json (project)
         package @ai-sdk/openai-compatible, Chat Completions  default
         url     POST http://127.0.0.1:8000/v1/chat/completions/chat/completions  opencode.json:5:20
         key     set (env ACME_KEY, 20 chars)  opencode.json:6:19
         model   qwen3-8b  opencode.json:9:9 (the key)
         limits  context not set, so nothing is compacted, output not set; every request asks for 32000 tokens

      1 ✗ URL  CF-17
         the base URL must end before /chat/completions, which OpenCode appends itself
         where   opencode.json:5:20
         you see OpenCode requests http://127.0.0.1:8000/v1/chat/completions/chat/completions, and shows
                 the 404 of that.
         fix     merge into opencode.json
                 {
                   "provider": {
                     "acme": {
                       "options": {
                         "baseURL": "http://127.0.0.1:8000/v1"
                       }
                     }
                   }
                 }

      also in the configuration
        ⚠ CF-15  ~/.config/opencode/config.toml:1:1  OpenCode reads no such file; the configuration be…
        ⚠ CF-35  opencode.json:9:9  without limit.output every request asks for 32000 tokens
        ⚠ CF-33  opencode.json:10:11  "tools" does nothing on a model, neither true nor false

      ✗ OpenCode cannot work like this: 1 cause
    "
  `)
  expect(shown.split('\n').length).toBeLessThan(40)
})

test('JSON has everything, and no secret', async () => {
  const text = diagnosisJson(await offline())
  const value = JSON.parse(text)
  expect(value).toMatchObject({ format: 1, client: 'opencode-1.18', provider: 'acme', model: 'qwen3-8b', asked: false, requests: 0 })
  expect(value.causes[0]).toMatchObject({ id: 'CF-17', culprit: 'url', breaks: true })
  expect(value.sources).toEqual([{ file: project, level: 'project', usable: true }])
  expect(text).not.toContain('sk-secret')
})

test('SARIF 2.1.0 has its required members, and every result names a rule that is there', async () => {
  const log = JSON.parse(diagnosisSarif(await offline(), createRules(world), world))
  expect(log.version).toBe('2.1.0')
  const [run] = log.runs
  expect(run.tool.driver.name).toBe('wirecheck')
  for (const rule of run.tool.driver.rules) {
    expect(rule.id).toMatch(/^CF-\d\d$/)
    expect(rule.shortDescription.text).not.toBe('')
    expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level)
  }
  expect(run.results.length).toBeGreaterThan(2)
  for (const result of run.results) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
    expect(typeof result.message.text).toBe('string')
    expect(['error', 'warning', 'note']).toContain(result.level)
    const { artifactLocation, region } = result.locations[0].physicalLocation
    expect(artifactLocation.uri).toMatch(/^(opencode\.json|file:\/\/\/users\/ann\/)/)
    expect(region.startLine).toBeGreaterThan(0)
    expect(region.startColumn).toBeGreaterThan(0)
  }
})

test('inline configuration has no file to point to', async () => {
  const inline = worldOf({ env: { OPENCODE_CONFIG_CONTENT: '{"provider":{"acme":{"models":[]}}}' } })
  const found = await diagnose({ world: inline, offline: true, file: '', curl: () => '' })
  const log = JSON.parse(diagnosisSarif(found, createRules(inline), inline))
  expect(log.runs[0].results[0].locations).toEqual([{ logicalLocations: [{ name: 'OPENCODE_CONFIG_CONTENT', kind: 'member' }] }])
})

test('secrets are described, paths are shortened', () => {
  expect(describeSecret({ value: 'x'.repeat(51), from: 'env ACME_KEY, /code/app/opencode.json:6:19' })).toBe('set (env ACME_KEY, 51 chars)')
  expect(describeSecret(undefined)).toBe('not set')
  const short = createShortener(world)
  expect(['/code/app/opencode.json:1:2', '/users/ann/x', '/etc/x'].map(short)).toEqual(['opencode.json:1:2', '~/x', '/etc/x'])
})

test('what matters without being seen is owed by a requirement that says why', () => {
  const impacts = new Map(load().suites.flatMap(({ requirements }) => requirements.map(({ id, impact }) => [id, impact])))
  expect(Object.keys(unseen).filter((id) => !impacts.get(id))).toEqual([])
})
