import { expect, test } from 'vitest'
import { buildReport, type ReportInput } from '../report/build.ts'
import { cleanJudgement, sampleFinding, sampleHeader, sampleInput, sampleJudgement } from '../testing/report.ts'
import { renderMarkdown } from './markdown.ts'

const markdown = (more: Partial<ReportInput> = {}) => renderMarkdown(buildReport({ ...sampleInput, ...more }))

test('a run with a little of everything', () => expect(markdown()).toMatchFileSnapshot('__snapshots__/report.md'))

test('nothing wrong', () => expect(markdown({ judgement: cleanJudgement })).toMatchFileSnapshot('__snapshots__/report-clean.md'))

test('the headline says whose fault it is', () => {
  const headline = (more: Partial<ReportInput>) => markdown(more).split('\n')[0]
  const harness = [{ check: 'c', requirement: 'r', probe: 'p', message: 'm' }]
  const should = sampleJudgement.findings.filter(({ level }) => level === 'should')
  expect([
    headline({ judgement: { ...sampleJudgement, harness } }),
    headline({ judgement: { ...cleanJudgement, findings: should } }),
    headline({ judgement: { ...cleanJudgement, probes: [] } }),
  ]).toEqual([
    '## ! wirecheck failed, not `acme`: please report it',
    '## ⚠ wirecheck: `acme` meets every MUST that was judged, and misses 1 SHOULD',
    '## ? wirecheck: `acme` could not be judged',
  ])
})

test('what an endpoint sent is text, in code, and stays in its cell', () => {
  const evil = '</code></details>|`x`\n@everyone <script>alert(1)</script> ![](http://x)'
  const probes = sampleJudgement.probes.map((probe) => ({ ...probe, ...(probe.reason && { reason: evil }) }))
  const findings = sampleJudgement.findings.map((finding) => ({ ...finding, actual: evil }))
  const target = { ...sampleHeader.target, name: evil, url: evil, models: { chat: evil } }
  const text = markdown({ judgement: { ...sampleJudgement, probes, findings }, header: { ...sampleHeader, target } })
  const outsideFences = text.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
  expect(outsideFences).not.toMatch(/<script|@everyone|!\[/)
  expect(outsideFences.match(/<\/details>/g)).toHaveLength(4)
  for (const row of outsideFences.split('\n').filter((line) => line.startsWith('|'))) expect([4, 5]).toContain(row.match(/\|/g)?.length)
})

test('an excerpt cannot leave its fence', () => {
  const at = { in: 'body', pointer: '' } as const
  const findings = [sampleFinding('00000001', 'wire.shape', 'must', 'type', 'chat', { probe: 'chat/prompt', at, excerpt: '````\n<b>' })]
  expect(markdown({ judgement: { ...sampleJudgement, findings } })).toContain('`````text\n````␊<b>\n`````\n')
})

test('a comment never outgrows its limit', () => {
  const at = { in: 'body', pointer: '' } as const
  const findings = Array.from({ length: 500 }, (_, index) =>
    sampleFinding(index.toString(16).padStart(8, '0'), 'wire.shape', 'must', 'type', 'chat', {
      probe: 'chat/prompt',
      at,
      excerpt: '語'.repeat(900),
    }),
  )
  const text = markdown({ judgement: { ...sampleJudgement, findings } })
  expect(new TextEncoder().encode(text).length).toBeLessThan(60_000)
  expect(text).toMatch(/\d+ more findings: see the report itself\./)
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
})

test('known findings come last, with their reason', () => {
  const text = markdown({ baseline: [{ id: 'errors.envelope', reason: 'tracked upstream' }] })
  expect(text.split('\n')[0]).toBe('## ✗ wirecheck: `acme` violates 1 requirement')
  expect(text.indexOf('- known: tracked upstream')).toBeGreaterThan(text.indexOf('c41d9e07'))
})
