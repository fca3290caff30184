import { existsSync, readFileSync } from 'node:fs'
import configSchema from '../../schemas/config.json' with { type: 'json' }
import { createAjv } from '../schema/compile.ts'
import { schemaProblems } from '../suite/load.ts'
import { parseYaml } from '../suite/source-map.ts'
import { suggest } from '../suite/suggest.ts'
import { SuiteError } from '../suite/suite-error.ts'
import { type LoadedTarget, loadTarget, type TargetInput } from '../target/load.ts'
import { CliError } from './exit-code.ts'
import type { TargetOptions } from './options.ts'

const defaultConfig = 'wirecheck.config.yaml'

type Options = Partial<TargetOptions>

/**
 * Joins the configuration file and the command line, which wins.
 * @returns undefined when neither names a base URL
 */
export const targetOf = (options: Options, environment: NodeJS.ProcessEnv): LoadedTarget | undefined => {
  const configured = fromConfig(options)
  // an empty OPENAI_BASE_URL is an unset one
  const baseUrl = options.baseUrl ?? configured.baseUrl ?? (options.ignoreEnv ? undefined : environment.OPENAI_BASE_URL || undefined)
  if (baseUrl === undefined) {
    const lost = (['model', 'embeddingModel', 'apiKeyEnv', 'target'] as const).find((name) => options[name] !== undefined)
    if (lost !== undefined)
      throw new CliError(`--${lost === 'apiKeyEnv' ? 'api-key-env' : lost} is given, but no base URL; name one with --base-url`)
    return undefined
  }
  return loadTarget({ ...configured, ...fromOptions(options), baseUrl }, environment)
}

const fromOptions = (options: Options): Partial<TargetInput> => ({
  ...(options.model === undefined ? {} : { model: options.model }),
  ...(options.embeddingModel === undefined ? {} : { embeddingModel: options.embeddingModel }),
  ...(options.apiKeyEnv === undefined ? {} : { apiKey: { env: options.apiKeyEnv } }),
  ...(options.auth === undefined ? {} : { auth: options.auth }),
  ...(options.header === undefined ? {} : { headers: pairs(options.header, '--header') }),
  ...(options.headerEnv === undefined ? {} : { headerEnv: pairs(options.headerEnv, '--header-env') }),
  ...(options.query === undefined ? {} : { query: pairs(options.query, '--query') }),
  ...(options.trait === undefined ? {} : { traits: options.trait }),
  ...(options.declare === undefined ? {} : { declares: options.declare }),
  ...(options.contextWindow === undefined ? {} : { contextWindow: options.contextWindow }),
  ...(options.jobs === undefined ? {} : { jobs: Math.max(1, Math.floor(options.jobs)) }),
  ...(options.rps === undefined ? {} : { rps: options.rps }),
  ...(options.timeoutHeaders === undefined ? {} : { timeoutHeadersMs: options.timeoutHeaders * 1000 }),
  ...(options.timeoutIdle === undefined ? {} : { timeoutIdleMs: options.timeoutIdle * 1000 }),
  ...(options.timeoutTotal === undefined ? {} : { timeoutTotalMs: options.timeoutTotal * 1000 }),
  ...(options.caFile === undefined ? {} : { caFile: options.caFile }),
  ...(options.clientCert === undefined ? {} : { clientCert: options.clientCert }),
  ...(options.clientKey === undefined ? {} : { clientKey: options.clientKey }),
  ...(options.insecure === undefined ? {} : { insecure: options.insecure }),
})

const pairs = (words: readonly string[], option: string): Record<string, string> =>
  Object.fromEntries(
    words.map((word) => {
      const at = word.search(/[=:]/)
      if (at < 1) throw new CliError(`${option} needs Name=value`)
      if (option === '--header' && /^(authorization|api-key|x-api-key)$/i.test(word.slice(0, at))) {
        throw new CliError(`a key on the command line can be seen by others; name its variable with --api-key-env or --header-env`)
      }
      return [word.slice(0, at).trim(), word.slice(at + 1).trim()]
    }),
  )

/** The target of the configuration file; `apiKey.command` runs only from a file that was named on the command line. */
const fromConfig = ({ config, target, baseUrl }: Options): Partial<TargetInput> => {
  const file = config ?? (existsSync(defaultConfig) ? defaultConfig : undefined)
  if (file === undefined) {
    if (target !== undefined) throw new CliError(`--target ${target} needs a configuration file; there is no ${defaultConfig} here`)
    return {}
  }
  const targets = readTargets(file)
  const names = Object.keys(targets)
  const name = target ?? (baseUrl === undefined && names.length === 1 ? names[0] : undefined)
  if (name === undefined) {
    if (baseUrl !== undefined) return {}
    throw new CliError(`${file} has several targets; choose one with --target: ${names.join(', ')}`)
  }
  const found = targets[name]
  if (!found) throw new CliError(`${file} has no target "${name}"${suggest(name, names)}`)
  if (found.apiKey && 'command' in found.apiKey && config === undefined) {
    throw new CliError(`target "${name}" gets its key from a command; name the file with --config ${file} to allow that`)
  }
  return { ...found, name }
}

const readTargets = (file: string): Readonly<Record<string, TargetInput>> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CliError(`cannot read ${file}: ${(error as Error).message}`)
  }
  const { value, place } = parseYaml(text, file)
  const validate = createAjv().compile(configSchema)
  if (!validate(value)) throw new SuiteError(schemaProblems(validate.errors ?? [], file, place))
  return (value as { targets: Record<string, TargetInput> }).targets
}
