import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { judge, load, loadTarget, plan as makePlan, record, report, startReference, version } from '../index.ts'
import { costOf, cpuOf, median, serve } from './bench/measure.ts'
import { proxyRows } from './bench/proxied.ts'
import { naiveLoop, onePlan, oneStream } from './bench/work.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(root, 'dist/bin.js')
const folder = mkdtempSync(join(tmpdir(), 'wirecheck-bench-'))
const chunks = 100_000

interface Row {
  readonly what: string
  readonly value: number
  readonly limit: number
  readonly unit: string
  readonly detail: string
}

const helpRow = async (): Promise<Row> => {
  const empty = join(folder, 'empty.mjs')
  writeFileSync(empty, '')
  const pairs: [number, number][] = []
  for (let round = 0; round < 21; round++) pairs.push([(await costOf(bin, ['--help'])).cpuMs, (await costOf(empty)).cpuMs])
  const help = median(pairs.map(([one]) => one))
  const floor = median(pairs.map(([, other]) => other))
  return {
    what: '`wirecheck --help` against an empty script',
    value: help / floor,
    limit: 1.15,
    unit: 'x',
    detail: `${help.toFixed(1)} ms CPU against ${floor.toFixed(1)}`,
  }
}

const runRow = async (): Promise<Row> => {
  const costs = []
  for (let round = 0; round < 5; round++)
    costs.push((await costOf(bin, ['run', '--ignore-env', '--quiet', '--profile', 'full', '--out', join(folder, 'run')])).cpuMs)
  return {
    what: '`wirecheck run`, in-process endpoint, all probes',
    value: median(costs) / 1000,
    limit: 2,
    unit: 's CPU',
    detail: 'start, endpoint, judge and report included',
  }
}

const streamRow = async (): Promise<Row> => {
  const server = await serve(join(root, 'src/build/bench/stream-server.mjs'), [String(chunks)])
  const ours: number[] = []
  const naive: number[] = []
  try {
    for (let round = 0; round < 6; round++) {
      const theirs = await cpuOf(() => naiveLoop(server.url))
      const own = await cpuOf(() => oneStream(server.url, join(folder, 'stream')))
      // the first round warms both up
      if (round > 0) naive.push(theirs)
      if (round > 0) ours.push(own)
    }
  } finally {
    server.stop()
  }
  const perChunk = (cpu: number) => `${((cpu * 1000) / chunks).toFixed(2)} µs`
  return {
    what: 'receive, decode, record and judge one chunk, against splitting and `JSON.parse`',
    value: median(ours) / median(naive),
    limit: 3,
    unit: 'x',
    detail: `${perChunk(median(ours))} against ${perChunk(median(naive))} CPU`,
  }
}

const memoryRows = async (): Promise<Row[]> => {
  const server = await serve(join(root, 'src/build/bench/stream-server.mjs'), [String(chunks)])
  const script = join(root, 'node_modules/.cache/wirecheck/bench.mjs')
  try {
    const once = (await costOf(script, ['--stream', server.url, '1'])).peakBytes
    const twice = (await costOf(script, ['--stream', server.url, '2'])).peakBytes
    const fourTimes = (await costOf(script, ['--stream', server.url, '4'])).peakBytes
    const mega = (bytes: number) => bytes / 1024 / 1024
    return [
      { what: 'peak memory for that stream', value: mega(once), limit: 350, unit: 'MB', detail: `${chunks.toLocaleString('en')} chunks` },
      {
        what: 'peak memory with a second one',
        value: mega(twice),
        limit: 350,
        unit: 'MB',
        detail: 'what the first left may be collected late',
      },
      {
        what: 'peak memory with four, against two',
        value: fourTimes / twice,
        limit: 1.1,
        unit: 'x',
        detail: `${mega(fourTimes).toFixed(0)} MB`,
      },
    ]
  } finally {
    server.stop()
  }
}

const planRow = async (): Promise<Row> => {
  const costs = []
  for (let round = 0; round < 6; round++) costs.push(await cpuOf(() => onePlan(join(folder, 'plan'))))
  return {
    what: 'one in-process record and judge of the default plan, after start',
    value: median(costs.slice(1)) / 1000,
    limit: 0.4,
    unit: 's CPU',
    detail: 'endpoint included',
  }
}

const pacedRow = async (): Promise<Row> => {
  const builtins = load()
  const server = await startReference({ key: 'bench-key-0000', latencyMs: 400, tokensPerSecond: 50 })
  try {
    const { target } = loadTarget({ baseUrl: server.url, model: 'reference', apiKey: { env: 'KEY' }, jobs: 8 }, { KEY: 'bench-key-0000' })
    const plan = makePlan({ suites: builtins.suites, selectors: [], profiles: [], catalog: builtins.catalog })
    const startedAt = performance.now()
    const transcript = await record({ builtins, plan, target, file: join(folder, 'paced/transcript.jsonl') })
    const wall = performance.now() - startedAt
    report(builtins, transcript, judge(builtins, transcript))
    const chains = new Map<string, number>()
    let sum = 0
    let first = 0
    for (const { probe, request, outcome } of transcript.exchanges()) {
      const took = outcome.kind === 'response' ? outcome.endAtMs : outcome.atMs
      if (request.sentAtMs < 5) first = Math.max(first, took)
      sum += took
      chains.set(probe, (chains.get(probe) ?? 0) + took)
    }
    const baselines = new Set(plan.probes.filter(({ baseline }) => baseline).map(({ id }) => id))
    // every probe waits for the first baseline answer; a baseline's own chain holds it already
    const longest = Math.max(...[...chains].map(([probe, took]) => (baselines.has(probe) ? took : took + first)))
    const ideal = Math.max(longest, sum / 8)
    return {
      what: 'whole run, 400 ms to the first token, 50 tokens/s, `--jobs 8`, against the ideal',
      value: wall / ideal,
      limit: 1.5,
      unit: 'x',
      detail: `${(wall / 1000).toFixed(1)} s against ${(ideal / 1000).toFixed(1)} s`,
    }
  } finally {
    await server.close()
  }
}

const table = (rows: readonly Row[]): string =>
  [
    '| what | measured | must reach | detail |',
    '|---|---:|---:|---|',
    ...rows.map(({ what, value, limit, unit, detail }) => `| ${what} | ${value.toFixed(2)} ${unit} | ${limit} ${unit} | ${detail} |`),
  ].join('\n')

const bench = async (words: readonly string[]): Promise<void> => {
  const rows = [
    await helpRow(),
    await runRow(),
    await streamRow(),
    ...(await proxyRows(root, folder, chunks)),
    ...(await memoryRows()),
    await planRow(),
    await pacedRow(),
  ]
  const text = table(rows)
  process.stdout.write(`${text}\n`)
  if (words.includes('--write')) {
    const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.version}, wirecheck ${version}`
    writeFileSync(
      join(root, 'BENCHMARKS.md'),
      `# Benchmarks\n\nWritten by \`npm run bench -- --write\`. Machines are noisy: read the ratios, not the times.\n\n${machine}\n\n${text}\n`,
    )
  }
  const over = rows.filter(({ value, limit }) => !(value <= limit))
  for (const { what, value, limit } of over) process.stderr.write(`over the limit: ${what}: ${value.toFixed(2)} > ${limit}\n`)
  if (words.includes('--check') && over.length > 0) process.exitCode = 1
}

const words = process.argv.slice(2)
try {
  if (words[0] === '--proxy') process.stdout.write(`${table(await proxyRows(root, folder, chunks))}\n`)
  else if (words[0] === '--stream')
    for (let count = 0; count < Number(words[2]); count++) await oneStream(words[1] as string, join(folder, 'stream'))
  else await bench(words)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
