import type { Argv, Options } from 'yargs'
import { withExamples } from './examples.ts'
import { reportOptions, targetOptions } from './options.ts'

/** Options that only `wirecheck diagnose` has. */
export const diagnoseOptions = {
  offline: { type: 'boolean', describe: 'read the configuration only; nothing is sent' },
  dir: { type: 'string', describe: 'folder in which OpenCode is started (default: this one)' },
  json: { type: 'boolean', describe: 'as JSON; short for --render json' },
  sarif: { type: 'boolean', describe: 'the mistakes of the configuration as SARIF 2.1.0; short for --render sarif' },
  'write-config': { type: 'string', describe: 'measure the endpoint at this base URL and print a configuration for it' },
  only: { type: 'string', array: true, describe: 'with --write-config: this model; may repeat' },
} as const satisfies Readonly<Record<string, Options>>

/** The command line of `wirecheck diagnose`. */
export const diagnoseCommand = (command: Argv): Argv =>
  withExamples('diagnose', command)
    .positional('client', { choices: ['opencode'], demandOption: true, describe: 'whose configuration is read' })
    .positional('model', { type: 'string', describe: 'provider/model; default: the one that is configured' })
    .options(diagnoseOptions)
    .option('api-key-env', { type: 'string', describe: 'with --write-config: environment variable that holds the key' })
    .option('render', { type: 'string', array: true, describe: 'pretty, json or sarif, with =file to write one; may repeat' })
    .option('timeout-headers', { type: 'number', describe: 'seconds to the response headers (default 120)' })
    .options({
      'timeout-idle': { ...targetOptions['timeout-idle'], group: undefined },
      'timeout-total': { ...targetOptions['timeout-total'], group: undefined },
      jobs: { ...targetOptions.jobs, group: undefined },
    })
    .option('max-requests', { type: 'number', describe: 'stop before more requests than this; the first ones are not counted' })
    .option('out', { type: 'string', describe: 'folder in which the transcript is kept (default: nowhere)' })
    .options({
      verbose: { ...reportOptions.verbose, group: undefined, describe: 'every cause and every note' },
      quiet: { ...reportOptions.quiet, group: undefined },
      color: { ...reportOptions.color, group: undefined },
    })
