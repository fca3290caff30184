import { existsSync } from 'node:fs'
import { readTranscript, replayClients } from '../../index.ts'
import { isTraffic } from '../../judge/traffic.ts'
import { selects } from '../../plan/selector.ts'
import { TranscriptError } from '../../transcript/read.ts'
import type { Report, Transcript } from '../../types.ts'
import { deliver, renderingsOf } from '../deliver.ts'
import { CliError } from '../exit-code.ts'
import type { ReportOptions } from '../options.ts'
import { isFile, loadSelection } from '../suites.ts'
import type { Terminal } from '../terminal.ts'

export type JudgeOptions = Partial<ReportOptions> & {
  readonly transcript: string
  readonly selector?: readonly string[]
  readonly partial?: boolean
  readonly out?: string
}

/** Judges a transcript again, offline: nothing is sent. */
export const judge = async (options: JudgeOptions, terminal: Terminal): Promise<number> => {
  renderingsOf(options.render)
  const { transcript: file } = options
  if (!existsSync(file)) throw new CliError(`${file}: no such file`)
  const words = options.selector ?? []
  try {
    const transcript = readTranscript(file, { partial: options.partial ?? false })
    // recorded traffic has exchanges of its own making, which no suite knows
    const inTraffic = words.filter((word) => transcript.header.plan.length === 0 && /^proxy(\/|$)/.test(word))
    const { builtins } = loadSelection(words.filter((word) => !inTraffic.includes(word)))
    checkTraffic(inTraffic, transcript, file)
    const changed = Object.entries(transcript.header.suites).filter(([id, digest]) =>
      builtins.suites.some((suite) => suite.id === id && suite.digest !== digest),
    )
    if (changed.length > 0)
      terminal.err(`  note  recorded with other versions of ${changed.map(([id]) => id).join(', ')}; judged by the present ones\n`)
    const selectors = words.filter((word) => !isFile(word))
    const { url, models, simulated } = transcript.header.target
    const clients = options.client === undefined ? undefined : await replayClients(builtins, transcript, options.client)
    return deliver(
      {
        builtins,
        transcript,
        file,
        options,
        reach: simulated
          ? []
          : [
              ...['--base-url', url],
              ...(models.chat === undefined ? [] : ['--model', models.chat]),
              ...(models.embeddings === undefined ? [] : ['--embedding-model', models.embeddings]),
            ],
        files: words.filter(isFile),
        ...(options.out === undefined ? {} : { folder: options.out }),
        ...(clients && { clients }),
        ...(selectors.length > 0 ? { narrow: narrowTo(selectors) } : {}),
      },
      terminal,
    ).exit
  } catch (error) {
    if (error instanceof TranscriptError) throw new CliError(error.message)
    throw error
  }
}

/** @throws CliError for an address of recorded traffic under which nothing was recorded */
const checkTraffic = (selectors: readonly string[], transcript: Transcript, file: string): void => {
  if (selectors.length === 0) return
  const ids = [...transcript.exchanges()].map(({ probe }) => probe).filter(isTraffic)
  const missing = selectors.find((selector) => !ids.some((id) => selectsId(selector, id)))
  if (missing === undefined) return
  const [first, last] = [ids[0], ids.at(-1)]
  const known = first === undefined ? 'no traffic was recorded in it' : first === last ? `it has ${first}` : `it has ${first} to ${last}`
  throw new CliError(`"${missing}" is no exchange of ${file}: ${known}`)
}

const selectsId = (selector: string, id: string): boolean => selects(selector, { id } as Parameters<typeof selects>[1])

/** Shows only what belongs to the selected probes; what was judged stays the whole transcript. */
const narrowTo =
  (selectors: readonly string[]) =>
  (report: Report): Report => {
    const chosen = new Set(
      report.probes.filter(({ probe }) => selectors.some((selector) => selectsId(selector, probe))).map(({ probe }) => probe),
    )
    // cells and profiles speak of the whole plan, of which only a part is shown
    return {
      ...report,
      profiles: [],
      capabilities: [],
      probes: report.probes.filter(({ probe }) => chosen.has(probe)),
      observations: report.observations.filter(({ probes }) => probes.some((probe) => chosen.has(probe))),
      findings: report.findings.filter(({ probes }) => probes.some((probe) => chosen.has(probe))),
    }
  }
