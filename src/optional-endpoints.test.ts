import { expect, test } from 'vitest'
import { loadBuiltins } from './builtin/load.ts'
import { plan } from './plan/plan.ts'
import { type ReferenceOptions, startReference } from './reference/server.ts'
import { completionVariants } from './reference/variants/completions.ts'
import { embeddingVariants } from './reference/variants/embeddings.ts'
import { accusations, type RunOptions, runAgainst } from './testing/run.ts'
import type { Report } from './types.ts'

// Embeddings and legacy completions are asked for by name only, and a server may well do without them.

const both = { selectors: ['embeddings', 'completions'], embeddingModel: 'reference-embedding' }

const reportOf = async (server: ReferenceOptions, run: Partial<RunOptions>): Promise<Report> => {
  const reference = await startReference(server)
  try {
    const report = await runAgainst({ baseUrl: reference.url, model: server.models?.[0] ?? 'reference', ...run })
    expect(report.harness).toEqual([])
    return report
  } finally {
    await reference.close()
  }
}

const supportOf = ({ capabilities }: Report, id: string) => capabilities.find((capability) => capability.id === id)?.support
const presenceOf = ({ endpoints }: Report) => Object.fromEntries(endpoints.map(({ endpoint, presence }) => [endpoint, presence]))
const verdictsOf = ({ probes }: Report) => [...new Set(probes.map(({ verdict }) => verdict))]

test('a default run asks for neither', () => {
  const { suites, catalog } = loadBuiltins()
  const { probes } = plan({ suites, selectors: [], profiles: [], catalog })
  const asked = new Set(probes.flatMap(({ steps }) => steps.map(({ endpoint }) => endpoint)))
  expect([...asked].filter((endpoint) => /^POST \/(embeddings|completions)$/.test(endpoint))).toEqual([])
})

test('a correct server', async () => {
  const report = await reportOf({}, both)
  expect(accusations(report)).toEqual([])
  expect(verdictsOf(report)).toEqual(['pass'])
  expect([supportOf(report, 'embeddings'), supportOf(report, 'completions')]).toEqual(['full', 'full'])
})

test.each([...embeddingVariants, ...completionVariants].map(({ name }) => name))('%s', async (name) => {
  const report = await reportOf({ faults: [name] }, both)
  expect(accusations(report)).toEqual([])
  expect(verdictsOf(report).filter((verdict) => verdict !== 'pass' && verdict !== 'unsupported')).toEqual([])
})

test.each(['reference-random-7', 'reference-random-thinking-8', 'reference-random-9'])('a continuation of noise by %s', async (model) => {
  const report = await reportOf({ models: [model] }, { selectors: ['completions'] })
  expect(accusations(report)).toEqual([])
})

test('a server that only embeds is tested, and found out where words are asked of it', async () => {
  const report = await reportOf({ models: ['reference-embedding'] }, { profiles: ['embeddings'] })
  expect(verdictsOf(report)).toEqual(['pass'])
  expect(presenceOf(report)).toEqual({ 'POST /embeddings': 'answered' })
  const wider = await reportOf({ models: ['reference-embedding'] }, both)
  expect(accusations(wider)).toEqual([])
  expect(presenceOf(wider)).toEqual({ 'POST /embeddings': 'answered', 'POST /completions': 'absent' })
})

test('a chat model that refuses to embed does not offer it', async () => {
  const report = await reportOf({}, { profiles: ['embeddings'] })
  expect(accusations(report)).toEqual([])
  expect(presenceOf(report)).toEqual({ 'POST /embeddings': 'absent' })
  expect(verdictsOf(report)).toEqual(['unsupported'])
  expect(supportOf(report, 'embeddings')).toBe('none')
})

test('where nothing but a missing path was seen, the base URL may be wrong', async () => {
  const report = await reportOf({ faults: ['embeddings-absent'] }, { profiles: ['embeddings'] })
  expect(accusations(report)).toEqual([])
  expect(presenceOf(report)).toEqual({ 'POST /embeddings': 'untestable' })
})
