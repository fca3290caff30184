import { setImmediate as turn } from 'node:timers/promises'
import { exitCodes } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

interface Interrupt {
  readonly signal: AbortSignal
  /** The exit code, once a signal came. */
  readonly code: () => number | undefined
  /**
   * Leaves signals to the system. To be called before work that lets nothing else run, such as judging: until its end no
   * handler would be called, and the process could not be stopped.
   */
  readonly release: () => Promise<void>
}

/** SIGINT and SIGTERM stop the run, not the process: what was seen is still judged and reported. A second one ends it. */
export const interruptible = ({ err }: Pick<Terminal, 'err'>): Interrupt => {
  const controller = new AbortController()
  let code: number | undefined
  const on = (signal: NodeJS.Signals) => {
    if (code !== undefined) process.exit(code)
    code = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated
    err('\n  interrupted: what was seen until now is judged; the same again ends it at once\n')
    controller.abort()
  }
  process.on('SIGINT', on)
  process.on('SIGTERM', on)
  return {
    signal: controller.signal,
    code: () => code,
    release: async () => {
      // a signal that has come already is told before
      await turn()
      process.off('SIGINT', on)
      process.off('SIGTERM', on)
    },
  }
}
