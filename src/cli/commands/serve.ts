import { startReference } from '../../index.ts'
import { findDialect } from '../../reference/dialects.ts'
import { findFault } from '../../reference/faults.ts'
import { portTrouble } from '../../transport/port-trouble.ts'
import { CliError } from '../exit-code.ts'
import { checkDialect, checkFaults } from '../faults.ts'
import type { Terminal } from '../terminal.ts'

export interface ServeOptions {
  readonly port?: number
  readonly host?: string
  readonly fault?: readonly string[]
  readonly dialect?: string
  readonly apiKeyEnv?: string
  readonly latency?: number
  readonly tokensPerSecond?: number
}

/** Runs the reference endpoint, correct or bent on purpose, until it is interrupted. */
export const serve = async (options: ServeOptions, { out, err }: Terminal): Promise<number> => {
  checkFaults(options.fault)
  checkDialect(options.dialect)
  const key = options.apiKeyEnv === undefined ? undefined : process.env[options.apiKeyEnv]
  if (options.apiKeyEnv !== undefined && !key) throw new CliError(`the environment variable ${options.apiKeyEnv} is not set`)
  const server = await startReference({
    port: options.port ?? 0,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(key === undefined ? {} : { key }),
    faults: options.fault ?? [],
    ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
    ...(options.latency === undefined ? {} : { latencyMs: options.latency }),
    ...(options.tokensPerSecond === undefined ? {} : { tokensPerSecond: options.tokensPerSecond }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(portTrouble(error, options.port ?? 0, options.host))
  })
  out(`${server.url}\n`)
  if (options.dialect !== undefined) {
    const { speaks, models } = findDialect(options.dialect)
    err(`  dialect: ${options.dialect}  ${speaks}\n  models: ${Object.keys(models).join(', ')}\n`)
  }
  for (const name of options.fault ?? []) err(`  bent: ${name}  ${findFault(name)?.bends ?? 'a legal variant'}\n`)
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await server.close()
  return 0
}
