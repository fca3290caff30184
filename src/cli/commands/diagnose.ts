import { accessSync, constants, mkdtempSync, rmSync, type Stats, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnknownModel } from '../../opencode/choose.ts'
import { createShortener } from '../../opencode/describe.ts'
import { type Diagnosis, diagnose as diagnoseOpencode } from '../../opencode/diagnose.ts'
import { candidates } from '../../opencode/discover.ts'
import type { Network } from '../../opencode/harness.ts'
import { createRules } from '../../opencode/lint.ts'
import { processWorld } from '../../opencode/read.ts'
import { diagnosisJson, diagnosisSarif } from '../../opencode/render-data.ts'
import { renderDiagnosis } from '../../opencode/render-pretty.ts'
import { keyVariable } from '../../opencode/rule.ts'
import type { World } from '../../opencode/world.ts'
import { writeConfig } from '../../opencode/write-config.ts'
import { escapeTerminal } from '../../render/escape.ts'
import { plainPalette } from '../../render/palette.ts'
import { loadTarget } from '../../target/load.ts'
import { withoutCredentials } from '../../target/target.ts'
import { redactDeep, redactText } from '../../transport/redact.ts'
import { curlLine } from '../curl.ts'
import { renderingsOf } from '../deliver.ts'
import { listModels } from '../discover.ts'
import { CliError, exitCodes } from '../exit-code.ts'
import { createProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { writeWhole } from '../write-file.ts'

export interface DiagnoseOptions {
  readonly client: 'opencode'
  readonly model?: string
  readonly offline?: boolean
  readonly json?: boolean
  readonly sarif?: boolean
  readonly dir?: string
  readonly writeConfig?: string
  readonly only?: readonly string[]
  readonly apiKeyEnv?: string
  readonly render?: readonly string[]
  readonly timeoutHeaders?: number
  readonly timeoutIdle?: number
  readonly timeoutTotal?: number
  readonly jobs?: number
  readonly maxRequests?: number
  readonly out?: string
  readonly verbose?: boolean
  readonly quiet?: boolean
}

/** Says why OpenCode fails here: the configuration, the URL, the key, the model id, the endpoint, the gateway or the model. */
export const diagnose = async (options: DiagnoseOptions, terminal: Terminal): Promise<number> => {
  if (options.json && options.sarif) throw new CliError('--json and --sarif both go to standard output; choose one')
  formsOf(options)
  const own = options.out === undefined ? mkdtempSync(join(tmpdir(), 'wirecheck-diagnose-')) : undefined
  const folder = options.out ?? (own as string)
  try {
    return options.writeConfig === undefined
      ? await explain(options, folder, terminal)
      : await write(options, options.writeConfig, folder, terminal)
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true })
  }
}

const formsOf = ({ render = [], json, sarif }: DiagnoseOptions) =>
  renderingsOf([...render, ...(json ? ['json'] : []), ...(sarif ? ['sarif'] : [])], ['pretty', 'json', 'sarif'] as const)

/** What the command line says of time and of load, as the target knows it. */
const networkOf = ({ timeoutHeaders, timeoutIdle, timeoutTotal, jobs }: DiagnoseOptions): Network => ({
  ...(timeoutHeaders === undefined ? {} : { timeoutHeadersMs: timeoutHeaders * 1000 }),
  ...(timeoutIdle === undefined ? {} : { timeoutIdleMs: timeoutIdle * 1000 }),
  ...(timeoutTotal === undefined ? {} : { timeoutTotalMs: timeoutTotal * 1000 }),
  ...(jobs === undefined ? {} : { jobs: Math.max(1, Math.floor(jobs)) }),
})

const explain = async (options: DiagnoseOptions, folder: string, terminal: Terminal): Promise<number> => {
  checkFolder(options.dir)
  const world = processWorld(options.dir)
  let progress: ReturnType<typeof createProgress> | undefined
  const raw = await diagnoseOpencode({
    world,
    model: options.model,
    offline: options.offline,
    patienceMs: options.timeoutHeaders === undefined ? undefined : options.timeoutHeaders * 1000,
    network: networkOf(options),
    maxRequests: options.maxRequests,
    file: join(folder, 'transcript.jsonl'),
    curl: curlLine,
    onPlan: (probes) => {
      progress = createProgress(terminal, probes.length, (options.quiet ?? false) || !terminal.live)
    },
    onProbe: (...words) => progress?.onProbe(...words),
  })
    .catch((error: unknown) => {
      throw error instanceof UnknownModel ? new CliError(`${error.message}${whereItLooked(world)}`) : error
    })
    .finally(() => progress?.end())
  for (const { name, file } of formsOf(options)) {
    const text =
      name === 'json'
        ? diagnosisJson(shown(raw))
        : name === 'sarif'
          ? diagnosisSarif(shown(raw), createRules(world), world)
          : renderDiagnosis(shown(raw), {
              palette: file === undefined ? terminal.palette : plainPalette,
              width: terminal.width,
              world,
              verbose: options.verbose ?? false,
            })
    if (file === undefined) terminal.out(text)
    else writeWhole(file, text)
  }
  if (raw.causes.some(({ breaks }) => breaks) || raw.problems.some(isCounted(raw))) return exitCodes.finding
  return raw.tested || options.offline ? exitCodes.ok : exitCodes.untestable
}

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** A folder that is misspelt must not look like one without a configuration. */
const checkFolder = (folder: string | undefined): void => {
  if (folder === undefined) return
  const stats = statOf(folder)
  if (!stats) throw new CliError(`--dir ${folder}: there is no such folder`)
  if (!stats.isDirectory()) throw new CliError(`--dir ${folder} is a file; name the folder in which OpenCode is started`)
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
  } catch (error) {
    throw new CliError(`--dir ${folder} cannot be read: ${(error as NodeJS.ErrnoException).code}`)
  }
}

/** Without a single file, the question is where one would be looked for. */
const whereItLooked = (world: World): string => {
  const short = createShortener(world)
  const places = candidates(world).filter(({ inline }) => inline === undefined)
  if (places.some(({ file }) => world.read(file).kind !== 'missing')) return ''
  const files = [...new Set(places.map(({ file }) => short(file)))]
  return `\nno configuration was found; looked for ${files.join(', ')}\n--write-config URL measures an endpoint and prints a configuration for it`
}

/** What is shown of a diagnosis, whatever got into it. The facts describe secrets by themselves, and need their length. */
const shown = (raw: Diagnosis): Diagnosis => ({
  ...raw,
  causes: redactDeep(raw.causes, raw.secrets),
  problems: redactDeep(raw.problems, raw.secrets),
  notes: raw.notes.map((note) => redactText(note, raw.secrets)),
})

/** Offline an error is an error; an endpoint that answered has refuted some, and then the causes decide. */
const isCounted =
  ({ asked }: Diagnosis) =>
  ({ level }: Diagnosis['problems'][number]): boolean =>
    !asked && level === 'error'

/** More would be a bill that nobody asked for. */
const mostModels = 8

const write = async (options: DiagnoseOptions, url: string, folder: string, terminal: Terminal): Promise<number> => {
  const { target } = loadTarget(
    { baseUrl: url, ...(options.apiKeyEnv === undefined ? {} : { apiKey: { env: options.apiKeyEnv } }) },
    process.env,
  )
  const provider =
    new URL(target.baseUrl).hostname
      .replace(/^(api|www)\./, '')
      .split('.')[0]
      ?.replace(/[^a-z0-9-]/gi, '-') || 'endpoint'
  const id = /^\d+$/.test(provider) ? 'local' : provider
  const { ids, list } = await listModels(target)
  const models = options.only ?? ids.slice(0, mostModels)
  if (models.length === 0) throw new CliError(`${withoutCredentials(target.baseUrl)} lists no model; name one with --only`)
  const { config, notes } = await writeConfig({
    target,
    list,
    models,
    provider: id,
    variable: options.apiKeyEnv ?? (target.key === undefined ? undefined : keyVariable(id)),
    fileOf: (model) => join(folder, `${models.indexOf(model)}.jsonl`),
    onModel: (model) => void (options.quiet || terminal.err(`  ${terminal.palette.dim('asking')} ${escapeTerminal(model)}\n`)),
  })
  terminal.out(`${JSON.stringify(redactDeep(config, target.secrets), null, 2)}\n`)
  const left = options.only === undefined ? ids.length - models.length : 0
  const more = left > 0 ? [`${left} more models are listed; name those that you want with --only`] : []
  for (const note of [...notes, ...more])
    terminal.err(`  ${terminal.palette.yellow('note')}  ${escapeTerminal(redactText(note, target.secrets))}\n`)
  return exitCodes.ok
}
