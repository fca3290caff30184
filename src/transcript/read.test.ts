import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Exchange, Reads, Transcript, TranscriptFooter, TranscriptHeader } from '../types.ts'
import { readTranscript, TranscriptError } from './read.ts'
import { bodiesOf, createTranscriptWriter } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'wirecheck-transcript-'))
afterAll(() => rmSync(folder, { recursive: true }))
let count = 0
let file = ''
beforeEach(() => {
  file = join(folder, `${++count}`, 'transcript.jsonl')
})

const header: TranscriptHeader = {
  kind: 'header',
  format: 1,
  tool: '0.1.0',
  target: { name: 'h', url: 'http://h/v1', models: { chat: 'm' }, declares: [], insecure: false, simulated: false },
  suites: { a: 'sha256:00' },
  plan: ['a/one', 'a/two'],
  startedAt: '2026-01-01T00:00:00.000Z',
}
const traits = { kind: 'traits', traits: [{ name: 'thinks', how: 'declared' }] } as const
const footer: TranscriptFooter = { kind: 'footer', exchanges: 1, skipped: { 'a/two': 'interrupted' }, durationMs: 7 }

const exchange = (own: Partial<Exchange> = {}, body: Uint8Array = Buffer.from('{"ok":true}'), reads?: Reads): Exchange => ({
  probe: 'a/one',
  attempt: 1,
  step: 0,
  try: 1,
  auth: 'target',
  request: {
    endpoint: 'POST /chat/completions',
    url: 'http://h/v1/chat/completions',
    headers: [
      ['a', 'b'],
      ['A', 'c'],
    ],
    body: Buffer.from('{}'),
    sentAtMs: 1.25,
  },
  outcome: {
    kind: 'response',
    status: 200,
    headers: [
      ['X-A', 'é'],
      ['x-a', '2'],
    ],
    body,
    reads: reads ?? { atMs: [2.5], ends: [body.byteLength] },
    end: 'complete',
    headersAtMs: 2,
    endAtMs: 3.5,
  },
  ...own,
})

const write = (exchanges: readonly Exchange[], end = true): void => {
  const writer = createTranscriptWriter(file)
  writer.write(header)
  writer.write(traits)
  for (const each of exchanges) writer.write(each)
  if (end) writer.write(footer)
  writer.close()
}
const lines = (...records: unknown[]) => {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join(''))
}

/** Exchanges with plain bytes and without lazy members, for comparison. */
const plain = (exchanges: Iterable<Exchange>) =>
  [...exchanges].map(({ request, outcome, ...address }) => ({
    ...address,
    request: { ...request, body: [...request.body] },
    outcome: outcome.kind === 'response' ? { ...outcome, body: [...outcome.body] } : outcome,
  }))

const reasonOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof TranscriptError) return `${error.reason} ${error.message.replaceAll(file, 'FILE')}`
    throw error
  }
  return 'no error'
}
const readAll = (options?: { partial: boolean }): Transcript => {
  const transcript = readTranscript(file, options)
  for (const { request, outcome } of transcript.exchanges()) void [request.body, outcome.kind === 'response' && outcome.body]
  return transcript
}

const times = fc.integer({ min: 0, max: 3_000_000 }).map((tenths) => tenths / 10)
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 50 }).map((text) => new Uint8Array(Buffer.from(text))),
)
const exchanges = fc
  .record({
    request: bytes,
    body: bytes,
    cuts: fc.array(fc.record({ at: fc.nat({ max: 200 }), atMs: times }), { maxLength: 5 }),
    headers: fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' }))),
    status: fc.integer({ min: 200, max: 599 }),
    end: fc.constantFrom('complete', 'truncated', 'stopped', 'timeout'),
    endReason: fc.option(fc.string(), { nil: undefined }),
    failure: fc.option(fc.record({ code: fc.string(), message: fc.string(), atMs: times }), { nil: undefined }),
    at: fc.tuple(times, times),
    sentAtMs: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  })
  .map(({ request, body, cuts, headers, status, end, endReason, failure, at, sentAtMs }): Exchange => {
    const places = [...cuts.filter((cut) => cut.at < body.length).sort((one, other) => one.at - other.at), { at: body.length, atMs: at[1] }]
    const reads = { atMs: places.map(({ atMs }) => atMs), ends: places.map(({ at: end }) => end) }
    const base = exchange({}, body, reads)
    return {
      ...base,
      request: { ...base.request, headers, body: request, sentAtMs },
      outcome: failure
        ? { kind: 'failure', ...failure }
        : {
            kind: 'response',
            status,
            headers,
            body,
            reads,
            end,
            ...(endReason === undefined ? {} : { endReason }),
            headersAtMs: at[0],
            endAtMs: at[1],
          },
    }
  })

test('what was written is read again, to the byte', () => {
  fc.assert(
    fc.property(fc.array(exchanges, { maxLength: 3 }), (list) => {
      const written = list.map((each, index) => ({ ...each, attempt: index + 1 }))
      write(written)
      const transcript = readTranscript(file)
      expect({ header: transcript.header, traits: transcript.traits, footer: transcript.footer }).toEqual({ header, traits, footer })
      expect(plain(transcript.exchanges())).toEqual(plain(written))
    }),
    { numRuns: 60 },
  )
})

test('text stays text, other bytes become base64', () => {
  write([exchange({}, Buffer.from('\uFEFF"ü\u2028"\n')), exchange({ attempt: 2 }, Buffer.from([0xff, 0, 0xfe]))])
  const [one, two] = readFileSync(file, 'utf8')
    .split('\n')
    .slice(2, 4)
    .map((line) => JSON.parse(line).response)
  expect([one.body, one.bodyBase64]).toEqual(['\uFEFF"ü\u2028"\n', undefined])
  expect([two.body, two.bodyBase64]).toEqual([undefined, '/wD+'])
})

test('a body of more than a mebibyte goes to a file named by its digest, and everything is for its owner only', () => {
  const large = Buffer.alloc(1024 * 1024 + 1, 'x')
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, 'left by another run', { mode: 0o644 })
  write([exchange({}, large), exchange({ attempt: 2 }, large.subarray(1))])
  const [name, ...others] = readdirSync(bodiesOf(file))
  expect([name, others]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), []])
  expect(statSync(file).size).toBeLessThan(1.1 * 1024 * 1024)
  expect([file, join(bodiesOf(file), String(name))].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
  expect(statSync(bodiesOf(file)).mode & 0o777).toBe(0o700)
  expect(plain(readTranscript(file).exchanges()).map(({ outcome }) => 'body' in outcome && outcome.body.length)).toEqual([
    large.length,
    large.length - 1,
  ])
})

test('a pass over the exchanges does not touch the large bodies', () => {
  write([exchange({}, Buffer.alloc(1024 * 1024 + 1))])
  rmSync(bodiesOf(file), { recursive: true })
  const [first] = [...readTranscript(file).exchanges()]
  expect(first?.probe).toBe('a/one')
  expect(reasonOf(readAll)).toMatch(/^MissingBody FILE needs .*\.bodies/)
})

test('a body that was changed is not taken for the one that was recorded', () => {
  write([exchange({}, Buffer.alloc(1024 * 1024 + 1))])
  const [name = ''] = readdirSync(bodiesOf(file))
  appendFileSync(join(bodiesOf(file), name), 'x')
  expect(reasonOf(readAll)).toMatch(/^MissingBody .* which was changed$/)
})

test('exchanges come in plan order, whatever order they ended in', () => {
  const place = ([probe, attempt, step, tries]: readonly [string, number, number, number]) => exchange({ probe, attempt, step, try: tries })
  const inOrder = [
    ['a/one', 1, 0, 1],
    ['a/one', 1, 0, 2],
    ['a/one', 1, 1, 1],
    ['a/one', 2, 0, 1],
    ['a/two', 1, 0, 1],
    ['b/unplanned', 1, 0, 1],
  ] as const
  for (const order of [
    [5, 4, 3, 2, 1, 0],
    [2, 0, 5, 1, 3, 4],
  ]) {
    write(order.map((index) => place(inOrder[index] as (typeof inOrder)[number])))
    const read = [...readTranscript(file).exchanges()].map((each) => [each.probe, each.attempt, each.step, each.try])
    expect(read).toEqual(inOrder)
  }
})

test('the exchanges can be walked more than once', () => {
  write([exchange()])
  const transcript = readTranscript(file)
  expect([[...transcript.exchanges()].length, [...transcript.exchanges()].length]).toEqual([1, 1])
})

test('the file can be read while it grows', () => {
  const writer = createTranscriptWriter(file)
  const seen: number[] = []
  writer.write(header)
  for (const attempt of [1, 2, 3]) {
    writer.write(exchange({ attempt }))
    seen.push([...readAll({ partial: true }).exchanges()].length)
  }
  expect(seen).toEqual([1, 2, 3])
  expect(reasonOf(readAll)).toMatch(/^MissingFooter/)
  writer.write(footer)
  expect(readAll().footer).toEqual(footer)
  writer.close()
})

test('without a footer the run was interrupted', () => {
  write([exchange()], false)
  expect(reasonOf(readAll)).toBe('MissingFooter FILE has no footer: the run was interrupted. Judge what there is with --partial.')
  expect([...readAll({ partial: true }).exchanges()]).toHaveLength(1)
})

test('a torn last line is an interruption, wherever it was torn', () => {
  write([exchange(), exchange({ attempt: 2 }, Buffer.from('é'.repeat(20)))], false)
  const whole = readFileSync(file)
  const start = whole.lastIndexOf(10, whole.length - 2) + 1
  for (const end of [start + 1, start + 40, whole.lastIndexOf(Buffer.from('é')) + 1, whole.length - 2]) {
    writeFileSync(file, whole.subarray(0, end))
    expect(reasonOf(readAll)).toMatch(/^MissingFooter/)
    expect([...readAll({ partial: true }).exchanges()]).toHaveLength(1)
  }
})

test.each([
  ['a line that is no JSON', [header, '{"kind":"exch', footer], 'BrokenLine FILE:2:1 is not a JSON record; the file was cut or changed'],
  ['blank lines count as lines', [header, '', 'torn', footer], 'BrokenLine FILE:3:1 is not a JSON record; the file was cut or changed'],
  [
    'an exchange without request',
    [header, { kind: 'exchange', probe: 'a/one', attempt: 1, step: 0, try: 1, response: { status: 200 } }, footer],
    'BrokenLine FILE:2:1 is no exchange; the file was cut or changed',
  ],
  [
    'an exchange without outcome',
    [header, { kind: 'exchange', probe: 'a/one', attempt: 1, step: 0, try: 1, request: { endpoint: 'GET /x', headers: [] } }, footer],
    'BrokenLine FILE:2:1 is no exchange; the file was cut or changed',
  ],
  ['another format', [{ ...header, format: 2 }, footer], 'UnknownFormat FILE has format 2; this version reads format 1'],
  ['no format', [{ kind: 'header' }, footer], 'UnknownFormat FILE has format unknown; this version reads format 1'],
  ['a header without plan', [{ ...header, plan: undefined }, footer], 'NotATranscript FILE is no transcript: its header is not whole'],
  ['another JSON', [{ name: 'package' }], 'NotATranscript FILE is no transcript: its first line is no header'],
  ['null', ['null', 'null'], 'NotATranscript FILE is no transcript: its first line is no header'],
  ['some text', ['# hello'], 'NotATranscript FILE is no transcript: its first line is no header'],
  ['nothing', [], 'NotATranscript FILE is empty'],
])('%s', (_, records, expected) => {
  lines(...records)
  expect(reasonOf(readAll)).toBe(expected)
  if (!expected.startsWith('MissingFooter')) expect(reasonOf(() => readAll({ partial: true }))).toBe(expected)
})

test('records of kinds to come are passed over', () => {
  lines(header, { kind: 'note', text: 'later' }, 'null', '5', footer)
  expect([...readAll().exchanges()]).toEqual([])
})

test.each(['../../etc/passwd', 'x', `${'0'.repeat(63)}g`, `${'0'.repeat(64)}/..`, ''])(
  'the name of a body leads nowhere else: %j',
  (bodyFile) => {
    write([exchange()])
    const text = readFileSync(file, 'utf8').replace(/"body":"\{\\"ok\\":true\}"/, `"bodyFile":${JSON.stringify(bodyFile)}`)
    expect(text).toContain('bodyFile')
    writeFileSync(file, text)
    expect(existsSync(bodiesOf(file))).toBe(false)
    expect(reasonOf(readAll)).toBe('MissingBody FILE names a body that is no digest')
  },
)

test('records with members of other types: a named error, never a wrong type further on', () => {
  const source = join(folder, 'source.jsonl')
  const writer = createTranscriptWriter(source)
  writer.write(exchange())
  writer.close()
  const recorded = JSON.parse(readFileSync(source, 'utf8')) as object
  const lines = [header, { kind: 'traits', traits: [{ name: 'chat', how: 'x' }] }, recorded, footer]
  const places: [number, string][] = []
  const walk = (node: unknown, line: number, path: string) => {
    if (path !== '') places.push([line, path])
    if (typeof node === 'object' && node !== null)
      for (const [name, child] of Object.entries(node)) walk(child, line, path === '' ? name : `${path}.${name}`)
  }
  lines.forEach((line, index) => {
    walk(line, index, '')
  })
  for (const [line, path] of places) {
    for (const value of [5, null, {}, [null], { toString: 1 }]) {
      const changed = structuredClone(lines) as Record<string, unknown>[]
      const names = path.split('.')
      const owner = names
        .slice(0, -1)
        .reduce<Record<string, unknown>>((node, name) => node[name] as Record<string, unknown>, changed[line] as Record<string, unknown>)
      owner[names.at(-1) as string] = value
      const file = join(folder, 'mutated.jsonl')
      writeFileSync(file, changed.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      try {
        for (const { request, outcome } of readTranscript(file).exchanges()) {
          expect(
            request.body.byteLength + (outcome.kind === 'response' ? outcome.body.byteLength + outcome.reads.ends.length : 0),
          ).toBeGreaterThanOrEqual(0)
        }
      } catch (error) {
        expect([path, (error as Error).name]).toEqual([path, 'TranscriptError'])
      }
    }
  }
})

test('copies of a step stand together, each with its tries, and say what became of their connection', () => {
  const places = [
    [0, 1, 1],
    [0, 2, 1],
    [0, 2, 2],
    [1, 1, 1],
    [1, 2, 1],
  ] as const
  const request = { ...exchange().request, connection: 'kept' as const }
  write(
    [3, 1, 4, 0, 2]
      .map((index) => places[index] as (typeof places)[number])
      .map(([step, copy, count]) => exchange({ step, copy, try: count, request })),
  )
  const read = [...readTranscript(file).exchanges()]
  expect(read.map((each) => [each.step, each.copy, each.try])).toEqual(places)
  expect(read.every((each) => each.request.connection === 'kept')).toBe(true)
})

test('a connection of an unknown kind and a copy that is no number are refused', () => {
  const one = JSON.parse(JSON.stringify({ ...exchange(), kind: 'exchange', response: undefined, outcome: undefined })) as Record<
    string,
    unknown
  >
  const broken = {
    ...one,
    failure: { code: 'X', message: '', atMs: 0 },
    request: { endpoint: 'GET /x', url: 'u', headers: [], sentAtMs: 0 },
  }
  for (const wrong of [{ copy: 'x' }, { request: { ...broken.request, connection: 'odd' } }]) {
    lines(header, traits, broken, footer)
    expect(reasonOf(readAll)).toBe('no error')
    lines(header, traits, { ...broken, ...wrong }, footer)
    expect(reasonOf(readAll)).toContain('is no exchange')
  }
})
