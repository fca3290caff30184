import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import causes from './causes.json' with { type: 'json' }
import { type Chosen, relevantFaults, sampleOf } from './choose.ts'
import { deviationsId, runDeviations } from './deviation-run.ts'
import firstRun from './first-run.json' with { type: 'json' }
import { versionOf } from './install-program.ts'
import { keep, keptOf, keptResultsOf } from './kept.ts'
import { opencodeId, predictedClients, runPredicted } from './predicted.ts'
import { programs } from './programs.ts'
import { agreementPage, misses } from './report.ts'
import { agreementOf, percent, type Result, type Seen } from './result.ts'
import { askingProgram, watchProgram } from './watch.ts'

const bar = 0.98

/** What an isolated child is told by the process that started it. */
export interface Order {
  readonly isolated: boolean
  readonly clients: readonly string[]
  /** Programs that could not be installed, and why. */
  readonly notRun: Readonly<Record<string, string>>
}

const choose = (sample: number | undefined): readonly Chosen[] => {
  const all = [...relevantFaults('chat'), ...relevantFaults('responses')]
  return sample === undefined ? all : sampleOf(all, sample)
}

const keyOf = ({ client, chosen }: Seen): string => `${client} ${chosen.api} ${chosen.fault}`

const inOrder = <Each extends Seen>(results: readonly Each[]): readonly Each[] =>
  [...results].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

/** Runs the clients, keeps what they did and writes the page. @returns the exit code */
export const runClients = async (
  root: string,
  folder: string,
  sample: number | undefined,
  { isolated, clients, notRun }: Order,
): Promise<number> => {
  const chosen = choose(sample)
  const work = mkdtempSync(join(tmpdir(), 'wirecheck-laboratory-'))
  const date = new Date().toISOString().slice(0, 10)
  const isWhole = sample === undefined
  const found: Result[] = []
  const silent: Record<string, string> = { ...notRun }
  let asWritten = true
  try {
    if (clients.includes(deviationsId)) asWritten = await runDeviations(root, folder, work)
    for (const client of predictedClients.filter((id) => clients.includes(id))) {
      const { version, results } = await runPredicted(client, chosen, folder, work)
      found.push(...results)
      if (isWhole) keep(folder, client, { version, date, isolated, results: inOrder(results) })
    }
    for (const [client, program] of Object.entries(programs)) {
      if (!clients.includes(client) || notRun[client] !== undefined) continue
      const results = await watchProgram(client, program.apis, chosen, askingProgram(program, join(folder, client), work))
      if (typeof results === 'string') silent[client] = results
      else {
        printSeen(results)
        if (isWhole) keep(folder, client, { version: versionOf(program), date, isolated, results: inOrder(results) })
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  printFound(inOrder(found))
  for (const [client, reason] of Object.entries(silent)) console.log(`NOT RUN: ${client}: ${reason}`)
  if (isWhole) writePage(root, folder, date, silent)
  const ran = new Set(found.map(({ client }) => client))
  const agreements = [...ran].map((client) => agreementOf(client, found))
  return asWritten && agreements.every(({ right, faults }) => faults > 0 && right / faults >= bar) ? 0 : 1
}

const printSeen = (results: readonly Seen[]): void => {
  for (const { client, chosen, observed } of inOrder(results))
    console.log([client, chosen.api, chosen.fault, `observed ${observed.shape}`].join('  '))
}

const printFound = (results: readonly Result[]): void => {
  for (const { client, chosen, predicted, observed } of results)
    if (client === opencodeId)
      console.log(
        [client, chosen.api, chosen.fault, `predicted ${predicted.shape} (${predicted.symptom})`, `observed ${observed.shape}`].join('  '),
      )
  console.log()
  for (const { client, chosen, predicted, observed } of misses(results))
    console.log(
      `MISS  ${client} ${chosen.api} ${chosen.fault}: predicted ${predicted.shape} (${predicted.symptom}), observed ${observed.shape} ${observed.error ?? ''}`,
    )
  for (const client of predictedClients) {
    const { faults, right, same } = agreementOf(client, results)
    if (faults > 0) console.log(`${client}: ${right} of ${faults} agree, ${percent(right, faults)}; same shape ${percent(same, faults)}`)
  }
}

/** From what is kept of every client, run now or before. */
const writePage = (root: string, folder: string, date: string, notRun: Readonly<Record<string, string>>): void => {
  const predicted = predictedClients.flatMap((client) => {
    const kept = keptResultsOf(folder, client)
    return kept ? [{ client, ...kept }] : []
  })
  if (predicted.length < predictedClients.length) {
    console.log('No page: not every client with a prediction has been run. `npm run test:clients` runs them all.')
    return
  }
  const watched = Object.entries(programs).map(([client, program]) => {
    const kept = keptOf(folder, client)
    const version = versionOf(program)
    // what another version did says nothing
    const own = kept?.version === version ? kept : undefined
    return { client, program, ...(own ? { kept: own } : {}), reason: notRun[client] ?? 'left out' }
  })
  const page = join(root, 'reports/clients/agreement.md')
  mkdirSync(dirname(page), { recursive: true })
  writeFileSync(page, agreementPage({ predicted, watched, beside: opencodeId, date, causes, firstRun }))
}
