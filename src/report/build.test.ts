import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { cleanJudgement, sampleFinding, sampleInput, sampleJudgement } from '../testing/report.ts'
import { buildReport } from './build.ts'

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
addFormats.default(ajv)
const schema = JSON.parse(readFileSync(new URL('../../schemas/report.json', import.meta.url), 'utf8'))
const validate = ajv.compile(schema)
const problems = (value: unknown) => (validate(JSON.parse(JSON.stringify(value))) ? [] : validate.errors)

const baseline = [
  { id: '7c1e90aa', reason: 'tracked upstream' },
  { id: 'stream.done-sentinel', reason: 'was late' },
]

test('a report has the published shape', () => {
  expect(problems(buildReport(sampleInput))).toEqual([])
  expect(problems(buildReport({ ...sampleInput, judgement: cleanJudgement, baseline }))).toEqual([])
  const { footer: _, transcript: __, ...interrupted } = sampleInput
  expect(problems(buildReport(interrupted))).toEqual([])
})

test('every kind of place is published', () => {
  const places = [
    { in: 'status' },
    { in: 'end' },
    { in: 'header', name: 'content-type' },
    { in: 'body', pointer: '' },
    { in: 'body', pointer: '/a~1b', bytes: [0, 4] },
    { in: 'completion', pointer: '/choices/0' },
    { in: 'event', index: 1, bytes: [0, 4], pointer: '' },
    { in: 'stream', bytes: [0, 4] },
  ] as const
  const findings = places.map((at, index) =>
    sampleFinding(`0000000${index}`, 'wire.shape', 'must', 'type', 'chat', { probe: 'chat/prompt', at }),
  )
  expect(problems(buildReport({ ...sampleInput, judgement: { ...sampleJudgement, findings } }))).toEqual([])
})

test('the published shape refuses what is no report', () => {
  const report = buildReport(sampleInput)
  expect(problems({ ...report, score: 87 })).not.toEqual([])
  expect(problems({ ...report, capabilities: [{ id: 'chat', title: 'chat', support: 'broken', findings: [], tally: {} }] })).not.toEqual([])
})

test('findings come worst first, with what is needed to see them again', () => {
  const report = buildReport({ ...sampleInput, baseline })
  expect(report.findings.map(({ id }) => id)).toEqual(['0b5c22d1', '7c1e90aa', 'c41d9e07', 'e0177a3b'])
  expect(report.findings[1]).toMatchObject({
    text: 'With include_usage, token counts arrive in exactly one chunk, the last one, beside an empty choices array.',
    origin: { file: 'suites/chat-stream.yaml', line: 29 },
    again: {
      run: 'wirecheck run chat-stream/usage --base-url http://localhost:8080/v1 --model qwen3-8b --out wirecheck-again',
      judge: 'wirecheck judge wirecheck-out/transcript.jsonl chat-stream/usage',
      curl: 'wirecheck explain 7c1e90aa --curl',
    },
    baseline: { reason: 'tracked upstream' },
  })
  expect(report.baseline).toEqual({ known: ['7c1e90aa'], stale: ['stream.done-sentinel'], unobserved: [] })
})

test('commands are quoted for a shell', () => {
  const at = { in: 'status' } as const
  const findings = [sampleFinding('00000001', 'wire.shape', 'must', 'type', 'chat', { probe: 'chat-tools/round-trip[stream]', at })]
  const { transcript: _, ...rest } = { ...sampleInput, judgement: { ...sampleJudgement, findings } }
  const input = { ...rest, reach: ['--model', "it's $(me)"], files: ['ours.yaml'], reportFile: 'out/report.json' }
  expect(buildReport(input).findings[0]?.again).toEqual({
    run: `wirecheck run 'chat-tools/round-trip[stream]' ./ours.yaml --model 'it'\\''s $(me)'`,
    curl: 'wirecheck explain 00000001 --curl --report out/report.json',
  })
})

test('only the profiles that were asked for, and only the endpoints that were talked to', () => {
  expect(buildReport({ ...sampleInput, profiles: ['responses'] }).profiles.map(({ profile }) => profile)).toEqual(['responses'])
  const probes = sampleJudgement.probes.filter(({ probe }) => probe.startsWith('models/'))
  expect(buildReport({ ...sampleInput, judgement: { ...sampleJudgement, probes } }).endpoints).toEqual([
    { endpoint: 'GET /models', presence: 'answered' },
  ])
})

test('the same input gives the same bytes', () =>
  expect(JSON.stringify(buildReport(structuredClone(sampleInput)))).toBe(JSON.stringify(buildReport(sampleInput))))
