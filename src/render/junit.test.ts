import { expect, test } from 'vitest'
import { buildReport, type ReportInput } from '../report/build.ts'
import { cleanJudgement, sampleFinding, sampleHeader, sampleInput, sampleJudgement } from '../testing/report.ts'
import { type JunitOptions, renderJunit } from './junit.ts'

const junit = (more: Partial<ReportInput> = {}, options: JunitOptions = {}) =>
  renderJunit(buildReport({ ...sampleInput, ...more }), options)
const names = (xml: string) =>
  [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"/g)].map(([, suite, name]) => `${suite}:${name}`)
const totals = (xml: string) => xml.match(/<testsuites [^>]*>/)?.[0]

test('a run with a little of everything', () => expect(junit()).toMatchFileSnapshot('__snapshots__/junit.xml'))

test('names are unique, and suites carry what GitLab and Jenkins read', () => {
  const all = names(junit())
  expect(new Set(all).size).toBe(all.length)
  expect(all).toContain('chat-stream:chat-stream/usage @ acme')
  expect(totals(junit())).not.toContain('skipped')
})

test('tags are balanced', () => {
  const open: string[] = []
  for (const [, slash, name, empty] of junit().matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (slash) expect(open.pop()).toBe(name)
    else if (!empty && name) open.push(name)
  }
  expect(open).toEqual([])
})

/** What the Jenkins plugin accepts (jenkinsci/xunit-plugin, junit-10.xsd), of the elements that are written here; `!` is required. */
const rules: Readonly<Record<string, { readonly inside: string; readonly attributes: readonly string[] }>> = {
  testsuites: { inside: '', attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: { inside: 'testsuites', attributes: ['name!', 'tests!', 'failures!', 'errors!', 'skipped', 'time', 'timestamp'] },
  properties: { inside: 'testsuite', attributes: [] },
  property: { inside: 'properties', attributes: ['name!', 'value!'] },
  testcase: { inside: 'testsuite', attributes: ['name!', 'classname', 'time'] },
  failure: { inside: 'testcase', attributes: ['message', 'type'] },
  error: { inside: 'testcase', attributes: ['message', 'type'] },
  skipped: { inside: 'testcase', attributes: ['message', 'type'] },
}

/** What of a file breaks the rules. */
const broken = (xml: string): string[] => {
  const wrong: string[] = []
  const open: string[] = []
  const rest = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  for (const [, text = '', slash, name = '', given = '', empty] of rest.matchAll(/([^<]*)<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>/g)) {
    if (text.trim() !== '' && !/^(failure|error|skipped)$/.test(open.at(-1) ?? '')) wrong.push(`text in ${open.at(-1)}`)
    if (slash) {
      if (open.pop() !== name) wrong.push(`</${name}>`)
      continue
    }
    const attributes = new Map([...given.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
    const rule = rules[name]
    if (!rule || rule.inside !== (open.at(-1) ?? '')) wrong.push(`${name} in ${open.at(-1)}`)
    const known = rule?.attributes.map((one) => one.replace('!', '')) ?? []
    wrong.push(...[...attributes.keys()].filter((key) => !known.includes(key)).map((key) => `${name} ${key}`))
    wrong.push(
      ...(rule?.attributes ?? []).filter((one) => one.endsWith('!') && !attributes.has(one.slice(0, -1))).map((one) => `${name} ${one}`),
    )
    for (const key of ['tests', 'failures', 'errors', 'skipped'])
      if (!/^\d*$/.test(attributes.get(key) ?? '')) wrong.push(`${key} is no count`)
    if (!/^(\d+\.\d{3})?$/.test(attributes.get('time') ?? '')) wrong.push('time is no number of seconds')
    // Apache Ant's schema knows no zone
    if (!/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)?$/.test(attributes.get('timestamp') ?? '')) wrong.push('timestamp')
    if (!empty) open.push(name)
  }
  if (open.length > 0 || /[^<>]*[<>]/.test(rest.replace(/<[^<>]*>/g, ''))) wrong.push('markup that is left over')
  return wrong
}

test('clean, failing, broken and without a case, the file is what Jenkins accepts', () => {
  const harness = [{ check: 'c', requirement: 'r', probe: 'p', message: 'm' }]
  const files = [
    {},
    { judgement: cleanJudgement },
    { judgement: { ...sampleJudgement, harness } },
    { judgement: { ...cleanJudgement, probes: [] } },
  ]
  for (const more of files) expect(broken(junit(more))).toEqual([])
  expect(broken(junit().replace('<testcase ', '<testcase extra="1" ').replace('</failure>', '</error>'))).toEqual([
    'testcase extra',
    '</error>',
  ])
  expect(
    broken(
      junit()
        .replace(/ name="[^"]*" tests/, ' tests')
        .replace('</testcase>', 'text</testcase>'),
    ),
  ).toContain('text in testcase')
})

test('known is skipped, and a warning fails only when asked to', () => {
  const known = junit({ baseline: ['errors.envelope', 'stream.usage-last'].map((id) => ({ id, reason: 'tracked <upstream>' })) })
  expect(totals(known)).toContain('failures="0"')
  expect(known).toContain('<skipped message="known: tracked &lt;upstream&gt;"/>')
  const probes = cleanJudgement.probes.map((probe) =>
    probe.probe === 'errors/unknown-model' ? { ...probe, verdict: 'warn' as const, findings: ['c41d9e07'] } : probe,
  )
  const judgement = { ...cleanJudgement, probes, findings: sampleJudgement.findings.filter(({ level }) => level === 'should') }
  expect(totals(junit({ judgement }))).toContain('failures="0"')
  expect(totals(junit({ judgement }, { failOn: 'should' }))).toContain('failures="1"')
})

test('a finding that no probe fails for has a case of its own', () => {
  const findings = [sampleFinding('00000001', 'wire.utf8', 'must', 'invalid', 'chat', { probe: 'chat/prompt', at: { in: 'end' } })]
  const xml = junit({ judgement: { ...cleanJudgement, findings } })
  expect(names(xml)).toContain('ambient:wire.utf8 invalid 00000001 @ acme')
  expect(totals(xml)).toContain('failures="1" errors="0"')
})

test('our own defect is an error, and not the endpoint’s', () => {
  const xml = junit({ judgement: { ...cleanJudgement, harness: [{ check: 'c', requirement: 'r', probe: 'p', message: 'm\u0000' }] } })
  expect(totals(xml)).toContain('failures="0" errors="1"')
  expect(xml).toContain('message="a defect of wirecheck, not of the endpoint: check c threw"')
})

test('no character that XML forbids, no markup from an endpoint', () => {
  const evil = '\u0000\u0008\u001b\ufffe\ud800]]><failure attr="'
  const probes = sampleJudgement.probes.map((probe) => ({ ...probe, reason: evil }))
  const findings = sampleJudgement.findings.map((finding) => ({ ...finding, actual: evil, code: 'x' }))
  const target = { ...sampleHeader.target, name: evil }
  const xml = junit({ judgement: { ...sampleJudgement, probes, findings }, header: { ...sampleHeader, target } })
  expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  expect(xml).not.toContain(']]>')
  expect(xml.match(/<failure /g)).toHaveLength(2)
})

test('a file that would be too large loses its details, not its cases', () => {
  const small = junit({}, { maxBytes: 5000 })
  expect(names(small)).toEqual(names(junit()))
  expect(small).toContain('<failure message="')
  expect(small).not.toContain('again ')
})
