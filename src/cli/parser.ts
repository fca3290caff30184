import yargs, { type Argv } from 'yargs'
import { version } from '../version.ts'
import { diagnoseCommand } from './diagnose-options.ts'
import { examplesOf, withExamples } from './examples.ts'
import { checkWords, reportOptions, targetOptions } from './options.ts'
import { proxyCommand, scrubCommand } from './proxy-options.ts'

/** Help fits the narrowest terminal that is usual. */
const helpWidth = 80

/** The command line, defined once; the help texts of the fast path are printed from it at build time. */
export const createParser = (words: readonly string[]): Argv =>
  yargs([...words])
    .scriptName('wirecheck')
    .locale('en')
    .parserConfiguration({ 'boolean-negation': true, 'dot-notation': false, 'greedy-arrays': false })
    .usage('$0 <command>\n\nConformance tests for OpenAI-compatible endpoints.')
    .example(examplesOf(''))
    .command('run [selector..]', 'record, judge and report; without a base URL, the embedded reference endpoint', (command) =>
      withExamples('run', command)
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
      withExamples('judge', command)
        .positional('transcript', { type: 'string', demandOption: true, describe: 'transcript.jsonl of a run' })
        .positional('selector', { type: 'string', array: true, describe: 'show only these probes; a suite file of yours is judged too' })
        .options(reportOptions)
        .option('partial', { type: 'boolean', describe: 'accept the transcript of an interrupted run' })
        .option('out', { type: 'string', describe: 'folder for report.json' }),
    )
    .command('list [selector..]', 'what would run, and its price; sends nothing', (command) =>
      withExamples('list', command)
        .positional('selector', { type: 'string', array: true, describe: 'as for run' })
        .option('profile', { type: 'string', array: true, describe: 'profile, or full for everything' })
        .option('summary', { type: 'boolean', describe: 'counts only' })
        .option('faults', { type: 'boolean', describe: 'the faults of the reference endpoint' })
        .option('dialects', { type: 'boolean', describe: 'the dialects of the reference endpoint' })
        .option('json', { type: 'boolean', describe: 'as JSON' }),
    )
    .command('explain <id>', 'a requirement, check, capability, probe, observation or finding', (command) =>
      withExamples('explain', command)
        .positional('id', {
          type: 'string',
          demandOption: true,
          describe: 'such as stream.done-sentinel, or the eight digits of a finding',
        })
        .option('curl', { type: 'boolean', describe: 'for a finding: its request as a curl line' })
        .option('report', { type: 'string', default: 'wirecheck-out/report.json', describe: 'where to look findings up' }),
    )
    .command('matrix <report..>', 'reports side by side', (command) =>
      withExamples('matrix', command)
        .positional('report', { type: 'string', array: true, demandOption: true, describe: 'report.json of a run' })
        .option('profile', { type: 'string', array: true, describe: 'only these profiles' })
        .option('markdown', { type: 'boolean', describe: 'as Markdown' }),
    )
    .command('lint <suite..>', 'check suite files without running them', (command) =>
      withExamples('lint', command).positional('suite', { type: 'string', array: true, demandOption: true, describe: 'suite files' }),
    )
    .command('serve', 'run the reference endpoint, correct or bent on purpose', (command) =>
      withExamples('serve', command)
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
    .wrap(helpWidth)
    .exitProcess(false)

/** What `wirecheck COMMAND --help` prints; the empty word stands for the tool. */
export const helpOf = async (command: string): Promise<string> => {
  const words = command === '' ? ['--help'] : [command, '--help']
  return new Promise((resolve, reject) => {
    createParser(words).parse(words, {}, (error, _, output) => (error ? reject(error) : resolve(`${output}\n`)))
  })
}
