import yargs, { type Argv } from 'yargs'
import { escapeTerminal } from '../render/escape.ts'
import { suggest } from '../suite/suggest.ts'
import { SuiteError } from '../suite/suite-error.ts'
import { BaseUrlError } from '../target/base-url.ts'
import { KeyError } from '../target/secrets.ts'
import { version } from '../version.ts'
import { diagnoseCommand, diagnoseOptions } from './diagnose-options.ts'
import { CliError, exitCodes } from './exit-code.ts'
import { checkWords, reportOptions, targetOptions } from './options.ts'
import { proxyCommand, scrubCommand } from './proxy-options.ts'
import { processTerminal, type Terminal } from './terminal.ts'

type Handler = (argv: never, terminal: Terminal) => Promise<number>

/** Each command's code is loaded when it is called: the others cost nothing. */
const handlers: Readonly<Record<string, () => Promise<Handler>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  judge: async () => (await import('./commands/judge.ts')).judge,
  list: async () => (await import('./commands/list.ts')).list,
  explain: async () => (await import('./commands/explain.ts')).explain,
  matrix: async () => (await import('./commands/matrix.ts')).matrix,
  lint: async () => (await import('./commands/lint.ts')).lint,
  serve: async () => (await import('./commands/serve.ts')).serve,
  diagnose: async () => (await import('./commands/diagnose.ts')).diagnose,
  proxy: async () => (await import('./commands/proxy.ts')).proxy,
  scrub: async () => (await import('./commands/scrub.ts')).scrub,
}

/** The command line, defined once; the help texts of the fast path are printed from it at build time. */
export const createParser = (words: readonly string[]): Argv =>
  yargs([...words])
    .scriptName('wirecheck')
    .locale('en')
    .parserConfiguration({ 'boolean-negation': true, 'dot-notation': false, 'greedy-arrays': false })
    .usage('$0 <command>\n\nConformance tests for OpenAI-compatible endpoints.')
    .command('run [selector..]', 'record, judge and report; without a base URL, the embedded reference endpoint', (command) =>
      command
        .positional('selector', { type: 'string', array: true, describe: 'suite, suite/probe, pattern, or a suite file of yours' })
        .options(targetOptions)
        .options(reportOptions)
        .option('out', { type: 'string', describe: 'folder for transcript and report (default wirecheck-out)', group: 'Report:' })
        .option('max-requests', { type: 'number', describe: 'stop before more requests than this', group: 'Network:' })
        .option('max-tokens', {
          type: 'number',
          describe: 'refuse to start when the plan may produce more output tokens',
          group: 'Network:',
        })
        .option('fault', {
          type: 'string',
          array: true,
          describe: 'bend the embedded reference endpoint; see wirecheck list --faults',
          group: 'Target:',
        }),
    )
    .command('judge <transcript> [selector..]', 'judge a transcript again, offline', (command) =>
      command
        .positional('transcript', { type: 'string', demandOption: true, describe: 'transcript.jsonl of a run' })
        .positional('selector', { type: 'string', array: true, describe: 'show only these probes; a suite file of yours is judged too' })
        .options(reportOptions)
        .option('partial', { type: 'boolean', describe: 'accept the transcript of an interrupted run' })
        .option('out', { type: 'string', describe: 'folder for report.json' }),
    )
    .command('list [selector..]', 'what would run, and its price; sends nothing', (command) =>
      command
        .positional('selector', { type: 'string', array: true, describe: 'as for run' })
        .option('profile', { type: 'string', array: true, describe: 'profile, or full for everything' })
        .option('summary', { type: 'boolean', describe: 'counts only' })
        .option('faults', { type: 'boolean', describe: 'the faults of the reference endpoint' })
        .option('dialects', { type: 'boolean', describe: 'the dialects of the reference endpoint' })
        .option('json', { type: 'boolean', describe: 'as JSON' }),
    )
    .command('explain <id>', 'a requirement, check, capability, probe, observation or finding', (command) =>
      command
        .positional('id', {
          type: 'string',
          demandOption: true,
          describe: 'such as stream.done-sentinel, or the eight digits of a finding',
        })
        .option('curl', { type: 'boolean', describe: 'for a finding: its request as a curl line' })
        .option('report', { type: 'string', default: 'wirecheck-out/report.json', describe: 'where to look findings up' }),
    )
    .command('matrix <report..>', 'reports side by side', (command) =>
      command
        .positional('report', { type: 'string', array: true, demandOption: true, describe: 'report.json of a run' })
        .option('profile', { type: 'string', array: true, describe: 'only these profiles' })
        .option('markdown', { type: 'boolean', describe: 'as Markdown' }),
    )
    .command('lint <suite..>', 'check suite files without running them', (command) =>
      command.positional('suite', { type: 'string', array: true, demandOption: true, describe: 'suite files' }),
    )
    .command('serve', 'run the reference endpoint, correct or bent on purpose', (command) =>
      command
        .option('port', { type: 'number', describe: 'port (default: a free one)' })
        .option('host', { type: 'string', describe: 'address to listen on (default 127.0.0.1)' })
        .option('fault', { type: 'string', array: true, describe: 'name of a fault or legal variant; may repeat' })
        .option('dialect', { type: 'string', describe: 'answer like this vendor or server; see wirecheck list --dialects' })
        .option('api-key-env', { type: 'string', describe: 'require the key in this variable' })
        .option('latency', { type: 'number', describe: 'milliseconds to the first token' })
        .option('tokens-per-second', { type: 'number', describe: 'pace of a streamed answer' }),
    )
    .command('proxy', 'record the traffic of a client, judged as it passes: proxy --upstream URL [-- command..]', proxyCommand)
    .command('scrub <transcript>', 'replace the text of a transcript, so that it can be shared', scrubCommand)
    .command('diagnose <client> [model]', 'why OpenCode fails here: configuration, URL, key, model or endpoint', diagnoseCommand)
    .completion('completion', 'print a completion script for the shell')
    .check(checkWords, true)
    .demandCommand(1, 'name a command')
    .recommendCommands()
    .strict()
    .version(version)
    .help()
    .alias('help', 'h')
    .wrap(100)
    .exitProcess(false)

/** Parses the words and runs their command. @returns the exit code */
export const main = async (words: readonly string[]): Promise<number> => {
  let usageError: string | undefined
  // what stands behind -- is a command of its own, whose words are not ours
  const split = words[0] === 'proxy' ? words.indexOf('--') : -1
  const parser = createParser(split < 0 ? words : words.slice(0, split)).fail((message, error) => {
    usageError ??= message || error?.message || 'cannot be understood'
    // yargs would go on to the handler otherwise
    throw error ?? new Error(message)
  })
  let argv: Awaited<ReturnType<typeof parser.parse>>
  try {
    argv = await parser.parse()
  } catch (error) {
    const message = unknownOptions(usageError ?? (error as Error).message, words)
    process.stderr.write(
      `wirecheck: ${message}\n\nwirecheck ${words[0] && words[0] in handlers ? `${words[0]} ` : ''}--help says what there is.\n`,
    )
    return exitCodes.usage
  }
  const [name] = argv._
  const handler = handlers[String(name)]
  if (argv.help || argv.version || !handler) return exitCodes.ok
  const terminal = processTerminal(argv.color as boolean | undefined)
  try {
    return await (await handler())((split < 0 ? argv : { ...argv, command: words.slice(split + 1) }) as never, terminal)
  } catch (error) {
    return explainError(error, terminal)
  }
}

/** yargs names an unknown option in both its spellings and does not say which one was meant. */
const unknownOptions = (message: string, words: readonly string[]): string => {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ') ?? []
  const given = unknown.filter((name) => words.some((word) => word.replace(/^--?/, '').split('=')[0] === name))
  if (given.length === 0) return message
  const known = Object.keys({
    ...targetOptions,
    ...reportOptions,
    ...diagnoseOptions,
    out: 0,
    'max-requests': 0,
    'max-tokens': 0,
    fault: 0,
    dialect: 0,
    partial: 0,
    curl: 0,
    upstream: 0,
    port: 0,
    transcript: 0,
    provider: 0,
    help: 0,
  })
  return given.map((name) => `unknown option --${name}${suggest(name, known).replace('"', '"--')}`).join('\n')
}

/** Messages quote files and endpoints, which may hold anything; lines stay lines. */
const shown = (message: string): string => message.split('\n').map(escapeTerminal).join('\n')

/** What people did wrong is said in one line; what we did wrong with its stack. */
const explainError = (error: unknown, { err, palette }: Terminal): number => {
  if (error instanceof SuiteError) {
    err(`${shown(error.message)}\n`)
    return exitCodes.usage
  }
  if (error instanceof CliError || error instanceof BaseUrlError || error instanceof KeyError) {
    err(`${palette.red('wirecheck')}: ${shown(error.message)}\n`)
    return error instanceof CliError ? error.exitCode : exitCodes.usage
  }
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (syscall !== undefined && code !== undefined) {
    err(`${palette.red('wirecheck')}: ${code} at ${syscall}${path === undefined ? '' : ` ${path}`}: ${(error as Error).message}\n`)
    return exitCodes.usage
  }
  err(`${palette.red('wirecheck has a defect')}; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`)
  return exitCodes.harness
}
