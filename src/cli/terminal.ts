import { Chalk, type ColorSupportLevel } from 'chalk'
import type { Palette } from '../types.ts'
import { exitCodes } from './exit-code.ts'

/** Where a command writes, and what it may use there. Results go to `out`, progress and errors to `err`. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly palette: Palette
  readonly width: number
  /** The same for prose, where it is known: whoever reads prose through a pipe gets 80 columns. */
  readonly proseWidth?: number
  /** Progress may redraw one line of `err`. */
  readonly live: boolean
}

/**
 * Chalk reads FORCE_COLOR but never NO_COLOR (https://no-color.org), so the level is ours:
 * the flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
 */
export const colorLevel = (flag: boolean | undefined, environment: NodeJS.ProcessEnv, isTerminal: boolean): ColorSupportLevel => {
  if (flag !== undefined) return flag ? 1 : 0
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return 0
  if (environment.FORCE_COLOR !== undefined) return environment.FORCE_COLOR === '0' ? 0 : 1
  return isTerminal && environment.TERM !== 'dumb' ? 1 : 0
}

export const paletteOf = (level: ColorSupportLevel): Palette => {
  const { bold, dim, red, green, yellow, cyan } = new Chalk({ level })
  return { bold, dim, red, green, yellow, cyan }
}

/**
 * The terminal of this process. To a reader that goes away (`| head`) nothing more is said, but the work goes on, and its
 * exit code stays what it is: a closed pipe must not turn a failing run into a passing one.
 */
export const processTerminal = (color: boolean | undefined): Terminal => {
  const gone = new Set<NodeJS.WriteStream>()
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        gone.add(stream)
        return
      }
      if (stream === process.stdout) process.stderr.write(`wirecheck: cannot write to standard output: ${error.message}\n`)
      process.exit(exitCodes.usage)
    })
  }
  const write = (stream: NodeJS.WriteStream, text: string) => {
    if (!gone.has(stream)) stream.write(text)
  }
  const columns = Number(process.env.COLUMNS)
  const known = process.stdout.columns ?? (Number.isInteger(columns) && columns > 20 ? columns : undefined)
  return {
    out: (text) => write(process.stdout, text),
    err: (text) => write(process.stderr, text),
    palette: paletteOf(colorLevel(color, process.env, process.stdout.isTTY === true)),
    width: known ?? 100,
    ...(known === undefined ? {} : { proseWidth: Math.max(known, 40) }),
    live: process.stderr.isTTY === true && process.env.CI === undefined,
  }
}
