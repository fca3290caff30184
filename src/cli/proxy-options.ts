import type { Argv } from 'yargs'
import { withExamples } from './examples.ts'
import { reportOptions, targetOptions } from './options.ts'

/** The command line of `wirecheck proxy`. What stands behind `--` is cut off before. */
export const proxyCommand = (command: Argv): Argv =>
  withExamples('proxy', command)
    .option('upstream', { type: 'string', describe: 'base URL to forward to, such as https://api.example.com/v1' })
    .option('port', { type: 'number', describe: 'port on 127.0.0.1 (default: a free one)' })
    .option('transcript', { type: 'string', describe: 'file to write (default wirecheck-out/proxy-TIME.jsonl)' })
    .option('provider', { type: 'string', describe: "OpenCode's provider whose base URL is to be the proxy" })
    .option('model', { type: 'string', describe: 'model of that provider; needed where no configuration names the provider' })
    .options({
      config: targetOptions.config,
      target: targetOptions.target,
      'api-key-env': targetOptions['api-key-env'],
      'ca-file': targetOptions['ca-file'],
      'client-cert': targetOptions['client-cert'],
      'client-key': targetOptions['client-key'],
      insecure: targetOptions.insecure,
      verbose: { ...reportOptions.verbose, describe: 'say every note too' },
      quiet: { ...reportOptions.quiet, describe: 'say nothing before the end' },
      color: reportOptions.color,
    })

/** The command line of `wirecheck scrub`. */
export const scrubCommand = (command: Argv): Argv =>
  withExamples('scrub', command)
    .positional('transcript', { type: 'string', demandOption: true, describe: 'transcript.jsonl of a run or of the proxy' })
    .option('out', { type: 'string', alias: 'o', describe: 'file to write (default: beside it, .scrubbed.jsonl)' })
    .option('partial', { type: 'boolean', describe: 'accept the transcript of an interrupted run' })
