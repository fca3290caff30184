import { escapeTerminal } from '../render/escape.ts'
import { SuiteError } from '../suite/suite-error.ts'
import { BaseUrlError } from '../target/base-url.ts'
import { KeyError } from '../target/secrets.ts'
import { CliError, exitCodes } from './exit-code.ts'
import { createParser } from './parser.ts'
import { processTerminal, type Terminal } from './terminal.ts'
import { unknownWords } from './unknown-words.ts'

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
    const message = await unknownWords(usageError ?? (error as Error).message, words, Object.keys(handlers))
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
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall !== undefined && code !== undefined) {
    // the message of the system names the code, the call and the file
    err(`${palette.red('wirecheck')}: ${shown((error as Error).message)}\n`)
    return exitCodes.usage
  }
  err(`${palette.red('wirecheck has a defect')}; please report this:\n${error instanceof Error ? error.stack : String(error)}\n`)
  return exitCodes.harness
}
